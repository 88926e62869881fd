/** Members a double has of a type of Electron's; a name that the type does not have is an error of the compiler. */
export type Members<T> = Partial<Record<keyof T, unknown>>;

/** What JavaScript itself asks of any object, such as whether it is a promise. */
const ASKED_BY_THE_LANGUAGE = new Set<PropertyKey>([
  'then',
  'toJSON',
  'constructor',
  'asymmetricMatch',
  '$$typeof',
  'nodeType',
]);

/** An object of type T that has just these members: to read, set or delete anything else throws, naming it. */
export function strict<T extends object>(name: string, members: Members<T>): T {
  const missing = (property: PropertyKey): never => {
    throw new Error(`the Electron double has no ${name}.${String(property)}`);
  };
  const target: object = members;
  return new Proxy(target, {
    get(_target, property) {
      if (property in target) return Reflect.get(target, property, target) as unknown;
      if (typeof property === 'symbol' || ASKED_BY_THE_LANGUAGE.has(property)) return undefined;
      return missing(property);
    },
    set(_target, property, value) {
      return property in target ? Reflect.set(target, property, value, target) : missing(property);
    },
    deleteProperty: (_target, property) => missing(property),
    // Doubles hold each other: a test that prints one must not walk through all of them.
    ownKeys: () => [],
  }) as T;
}

type Listener = (...args: never[]) => void;

/** Listeners of the events that a double emits; one for any other event is refused. */
export class StrictEvents {
  readonly #name: string;
  readonly #known: ReadonlySet<string>;
  readonly #listeners = new Map<string, Listener[]>();

  constructor(name: string, known: readonly string[]) {
    this.#name = name;
    this.#known = new Set(known);
  }

  /** The members that Electron's emitters have. */
  readonly members = {
    on: (event: string, listener: Listener): void => {
      this.#of(event).push(listener);
    },
    removeListener: (event: string, listener: Listener): void => {
      const listeners = this.#of(event);
      const at = listeners.indexOf(listener);
      if (at !== -1) listeners.splice(at, 1);
    },
  };

  /** How many listen to an event. */
  count(event: string): number {
    return this.#of(event).length;
  }

  /** Calls the listeners of an event; answers whether there were any. */
  emit(event: string, ...args: unknown[]): boolean {
    const listeners = [...this.#of(event)] as ((...args: unknown[]) => void)[];
    for (const listener of listeners) listener(...args);
    return listeners.length > 0;
  }

  #of(event: string): Listener[] {
    if (!this.#known.has(event)) throw new Error(`the Electron double emits no "${event}" on ${this.#name}`);
    const listeners = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, listeners);
    return listeners;
  }
}

/** An event whose default can be prevented, with what Electron adds to it. */
export class DoubleEvent {
  defaultPrevented = false;

  constructor(details: object = {}) {
    Object.assign(this, details);
  }

  readonly preventDefault = (): void => {
    this.defaultPrevented = true;
  };
}
