import type { TSchema } from 'typebox';

interface Keywords {
  type?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  description?: string;
  enum?: unknown[];
  anyOf?: Keywords[];
  const?: unknown;
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
  if (schema.type === 'integer') return `an integer${range(schema)}`;
  if (schema.type === 'number') return `a number${range(schema)}`;
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'string') return text(schema);
  return schema.type === undefined ? 'another value' : `of type ${schema.type}`;
}

function range({ minimum, maximum }: Keywords): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
}

function text({ minLength = 0, maxLength, pattern, description }: Keywords): string {
  if (pattern !== undefined)
    return `text of the form ${pattern}${description === undefined ? '' : ` (${description})`}`;
  if (maxLength === undefined) return minLength > 0 ? 'text that is not empty' : 'text';
  return minLength > 0
    ? `text of ${minLength} to ${maxLength} characters`
    : `text of at most ${maxLength} characters`;
}
