import type { FastifySchemaCompiler } from 'fastify';
import type { TObject, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { accepted } from './accepted.ts';
import { ProblemError } from './problem.ts';

interface SchemaError {
  keyword: string;
  instancePath: string;
  params: object;
  message: string;
}

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
    return { error: problemFor(schema, value, compiled.Errors(value)) };
  };
};

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

function problemFor(schema: TObject, value: unknown, errors: SchemaError[]): ProblemError {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return invalid('', `the body must be a JSON object${fieldsOf(schema)}`);
  }
  const error = errors[0];
  const missing = missingField(error);
  if (missing !== undefined) {
    return invalid(`/${missing}`, `"${missing}" is missing: it must be ${acceptedAt(schema, `/${missing}`)}`);
  }
  const field = error?.instancePath ?? '';
  const name = field.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
  return invalid(field, `"${name}" must be ${acceptedAt(schema, field)}`);
}

function missingField(error: SchemaError | undefined): string | undefined {
  if (error?.keyword !== 'required' || error.instancePath !== '') return undefined;
  return (error.params as { requiredProperties?: string[] }).requiredProperties?.[0];
}

function acceptedAt(schema: TObject, pointer: string): string {
  const [, name = ''] = pointer.split('/');
  const property: TSchema | undefined = schema.properties[name];
  return property === undefined ? 'another value' : accepted(property);
}

function fieldsOf(schema: TObject): string {
  const names = Object.keys(schema.properties);
  return names.length === 0 ? '' : ` with ${names.map((name) => `"${name}"`).join(', ')}`;
}

function invalid(field: string, message: string): ProblemError {
  return new ProblemError('invalid_argument', message, field === '' ? {} : { details: { field } });
}
