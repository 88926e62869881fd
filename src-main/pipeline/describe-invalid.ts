import type { TSchema } from 'typebox';
import { accepted } from '../lib/accepted.ts';
import { schemaAt } from '../lib/schema-at.ts';

/** What a schema validator says of one failed check; the part of TypeBox's error that is used here. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  params: object;
  message: string;
}

/**
 * Puts the first failed check into words that name the field and what is accepted:
 * `/holdings/3/quantity must be >= 0`. A pattern is for programs: people get an example. Where a schema takes values of several forms its description says which they are:
 * the checks themselves speak of the first form only.
 */
export function describeInvalid(schema: TSchema, errors: readonly SchemaError[]): string {
  const first = errors[0];
  if (first === undefined) return 'the body does not follow its schema';
  if (first.keyword === 'required') {
    const { requiredProperties } = first.params as { requiredProperties?: string[] };
    const names = (requiredProperties ?? []).map((name) => `${first.instancePath}/${name}`);
    return `${names.join(', ')} is missing`;
  }
  const found = schemaAt(schema, first.instancePath);
  if (found !== undefined && first.keyword === 'pattern') {
    return `${first.instancePath} must be ${accepted(found)}`;
  }
  const failed: { anyOf?: unknown; description?: string } | undefined = found;
  if (failed?.anyOf !== undefined && failed.description !== undefined) {
    return `${first.instancePath} must be ${failed.description}`;
  }
  return `${first.instancePath === '' ? 'the body' : first.instancePath} ${first.message}`;
}
