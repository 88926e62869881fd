/**
 * A value as it comes out on the other side of the context bridge: plain data is copied, functions are wrapped so that
 * their arguments and results cross the bridge too. Anything else, such as an object of a class, is refused: Electron
 * would hand over an empty or a half-working copy of it.
 */
export function overBridge(value: unknown, name: string): unknown {
  if (typeof value === 'function') return wrapped(value as (...args: unknown[]) => unknown, name);
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'symbol') throw new Error(`${name}: a symbol cannot cross the bridge`);
    return value;
  }
  if (Array.isArray(value)) return value.map((item, index) => overBridge(item, `${name}[${index}]`));
  if (!isPlain(value)) throw new Error(`${name}: only plain data and functions can cross the bridge`);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, overBridge(item, `${name}.${key}`)]),
  );
}

function wrapped(fn: (...args: unknown[]) => unknown, name: string): (...args: unknown[]) => unknown {
  return (...args) =>
    overBridge(
      fn(...args.map((argument, index) => overBridge(argument, `argument ${index} of ${name}`))),
      `what ${name} returned`,
    );
}

/** Plain in its own realm: the preload script's objects have another `Object.prototype` than ours. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
