import type { TSchema } from 'typebox';

/** The schema of the field that a JSON pointer names; undefined where the schemas do not say. */
export function schemaAt(root: TSchema, pointer: string): TSchema | undefined {
  let schema: TSchema | undefined = root;
  for (const part of pointer.split('/').slice(1)) {
    const { properties, items } = schema as { properties?: Record<string, TSchema>; items?: TSchema };
    const name = unescaped(part);
    schema = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : items;
    if (schema === undefined) return undefined;
  }
  return schema;
}

/** The name that stands in a part of a JSON pointer. */
export function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
