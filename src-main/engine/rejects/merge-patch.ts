type JsonObject = Record<string, unknown>;

/**
 * The JSON merge patch of RFC 7386: what a patch names replaces what was there, null takes it away, objects are merged
 * field by field. Neither argument is changed.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: JsonObject = {};
  for (const [field, value] of Object.entries(isObject(target) ? target : {})) {
    if (!Object.hasOwn(patch, field)) put(merged, field, value);
  }
  for (const [field, change] of Object.entries(patch)) {
    if (change === null) continue;
    const before = isObject(target) && Object.hasOwn(target, field) ? target[field] : undefined;
    put(merged, field, mergePatch(before, change));
  }
  return merged;
}

/** Assignment would call the setter of `__proto__`, which JSON may name. */
function put(object: JsonObject, field: string, value: unknown): void {
  Object.defineProperty(object, field, { value, enumerable: true, configurable: true, writable: true });
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
