import type { FastifySchemaCompiler } from 'fastify';
import type { TObject, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { argumentRefusal } from '../lib/argument-refusal.ts';
import { ProblemError } from './problem.ts';

/** What a part of a request is called. */
const WHOLE: Readonly<Record<string, string>> = {
  body: 'the body',
  querystring: 'the query string',
  params: 'the path',
};

/**
 * Validates what requests carry against the contract's schemas. Texts of path and query string are converted to the
 * numbers and booleans the schema wants; bodies are taken as they are. Schemas are compiled when first used, not while
 * the host starts.
 */
export const validatorCompiler: FastifySchemaCompiler<TObject> = ({ schema, httpPart }) => {
  let compiled: Validator | null = null;
  return (input: unknown) => {
    compiled ??= Compile(schema);
    const value = httpPart === 'body' ? (input ?? {}) : fromTexts(schema, input as Record<string, unknown>);
    if (compiled.Check(value)) return { value };
    const repeated = httpPart === 'querystring' ? repeatedIn(schema, value) : undefined;
    if (repeated !== undefined) return { error: givenTwice(repeated) };
    const { field, message } = argumentRefusal(
      schema,
      compiled.Errors(value),
      WHOLE[httpPart ?? 'body'] ?? 'the request',
    );
    return {
      error: new ProblemError('invalid_argument', message, field === '' ? {} : { details: { field } }),
    };
  };
};

/** The first field that a query string gives more than once, though it is no list. */
function repeatedIn({ properties }: TObject, value: Record<string, unknown>): string | undefined {
  return Object.keys(properties).find((name) => {
    const schema: TSchema | undefined = properties[name];
    return Array.isArray(value[name]) && !(schema !== undefined && 'items' in schema);
  });
}

function givenTwice(name: string): ProblemError {
  return new ProblemError('invalid_argument', `"${name}" is given twice; it is taken once`, {
    details: { field: `/${name}` },
  });
}

/** Path and query string know only texts: those of numbers and booleans become what they stand for. */
function fromTexts({ properties }: TObject, texts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      fromText(Object.hasOwn(properties, name) ? properties[name] : undefined, text),
    ]),
  );
}

function fromText(schema: TSchema | undefined, text: unknown): unknown {
  if (schema === undefined || typeof text !== 'string' || !('type' in schema)) return text;
  if (schema.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  const numeric = schema.type === 'integer' || schema.type === 'number';
  return numeric && /^-?\d{1,16}(\.\d{1,16})?$/.test(text) ? Number(text) : text;
}
