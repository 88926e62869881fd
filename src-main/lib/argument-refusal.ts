import type { TObject } from 'typebox';
import { accepted } from './accepted.ts';
import { schemaAt, unescaped } from './schema-at.ts';

/** What a schema validator says of one failed check; the part of TypeBox's error that is used here. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  params: object;
}

/** Why arguments are refused. */
export interface ArgumentRefusal {
  /** JSON pointer of the first offending field; empty when it is the arguments as a whole. */
  field: string;
  /** Names the field and says what is accepted there. */
  message: string;
}

/**
 * Puts the first failed check of arguments into words.
 * @param errors as the schema's validator lists them; not empty.
 * @param whole what the arguments are called as a whole: `the body`.
 */
export function argumentRefusal(
  schema: TObject,
  errors: readonly SchemaError[],
  whole: string,
): ArgumentRefusal {
  const error = errors[0];
  const field = error?.instancePath ?? '';
  if (error === undefined || (field === '' && error.keyword === 'type')) {
    return { field: '', message: `${whole} must be ${wholeObject(schema)}` };
  }
  if (error.keyword === 'required') return missing(schema, error);
  // TypeBox says of a field that no schema stands for it before it says that it is one too many.
  if (error.keyword === 'boolean') return unknown(schema, field, whole);
  return { field, message: `"${nameOf(field)}" must be ${acceptedAt(schema, field)}` };
}

function missing(schema: TObject, { instancePath, params }: SchemaError): ArgumentRefusal {
  const [name = ''] = (params as { requiredProperties?: string[] }).requiredProperties ?? [];
  const field = `${instancePath}/${name}`;
  return { field, message: `"${nameOf(field)}" is missing: it must be ${acceptedAt(schema, field)}` };
}

function unknown(schema: TObject, field: string, whole: string): ArgumentRefusal {
  const parent = schemaAt(schema, field.slice(0, field.lastIndexOf('/')));
  const names = Object.keys((parent as Partial<TObject> | undefined)?.properties ?? {});
  const known = names.map((name) => `"${name}"`).join(', ');
  const message = `${whole} has no field "${nameOf(field)}"; it takes ${known === '' ? 'none' : known}`;
  return { field, message };
}

function wholeObject({ properties }: TObject): string {
  const names = Object.keys(properties).map((name) => `"${name}"`);
  return `a JSON object${names.length === 0 ? '' : ` with ${names.join(', ')}`}`;
}

function acceptedAt(schema: TObject, pointer: string): string {
  const found = schemaAt(schema, pointer);
  return found === undefined ? 'another value' : accepted(found);
}

function nameOf(pointer: string): string {
  return unescaped(pointer.slice(1));
}
