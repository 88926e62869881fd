import type { Remote } from './port.ts';

type Call = (...args: unknown[]) => unknown;

/** Makes a port whose functions hand name and arguments to `call`. `P` is the port that answers. */
export function remotePort<P>(
  names: readonly (keyof P)[],
  call: (name: keyof P, args: unknown[]) => Promise<unknown>,
): Remote<P> {
  const entries = names.map((name) => [name, async (...args: unknown[]) => call(name, args)]);
  return Object.fromEntries(entries) as Remote<P>;
}

/** A port on the same thread as it would look from another one: called at once, answered by a promise. */
export function promised<P extends object>(port: P, names: readonly (keyof P)[]): Remote<P> {
  return remotePort<P>(names, async (name, args) => (port[name] as Call).apply(port, args));
}
