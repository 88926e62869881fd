import type { TSchema } from 'typebox';

interface Keywords {
  type?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  description?: string;
  examples?: unknown[];
  enum?: unknown[];
  anyOf?: Keywords[];
  const?: unknown;
  properties?: Record<string, Keywords>;
}

/** Says in words which values a field's schema accepts: `an integer from 1 to 1000`. */
export function accepted(schema: TSchema): string {
  return words(schema);
}

function words(schema: Keywords): string {
  if (schema.enum !== undefined)
    return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.anyOf !== undefined) return schema.anyOf.map(words).join(' or ');
  return ofType(schema);
}

function ofType(schema: Keywords): string {
  switch (schema.type) {
    case 'integer':
      return `an integer${range(schema.minimum, schema.maximum)}`;
    case 'number':
      return `a number${range(schema.minimum, schema.maximum)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return text(schema);
    case 'array':
      return list(schema);
    case 'object':
      return object(schema);
    default:
      return schema.type === undefined ? 'another value' : `of type ${schema.type}`;
  }
}

function range(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return ` of at least ${least}`;
  return most === undefined ? '' : ` of at most ${most}`;
}

function text({ minLength = 0, maxLength, pattern, description, examples = [] }: Keywords): string {
  if (pattern !== undefined) return patterned(pattern, description, examples[0]);
  if (maxLength === undefined) return minLength > 0 ? 'text that is not empty' : 'text';
  return minLength > 0
    ? `text of ${minLength} to ${maxLength} characters`
    : `text of at most ${maxLength} characters`;
}

/** A pattern is for programs: people get an example and the description, as far as the schema has them. */
function patterned(pattern: string, description: string | undefined, example: unknown): string {
  const said = description === undefined ? '' : ` (${description})`;
  if (typeof example === 'string') return `text such as ${example}${said}`;
  return description === undefined ? `text of the form ${pattern}` : `text${said}`;
}

function list({ minItems, maxItems, description }: Keywords): string {
  const said = description === undefined ? '' : ` (${description})`;
  if (minItems !== undefined && minItems === maxItems) return `a list of ${minItems} items${said}`;
  const length = range(minItems, maxItems);
  return length === '' ? `a list${said}` : `a list${length} items${said}`;
}

function object({ properties = {} }: Keywords): string {
  const names = Object.keys(properties);
  return names.length === 0 ? 'an object' : `an object with ${names.map((name) => `"${name}"`).join(', ')}`;
}
