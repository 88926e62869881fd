import { FIRST_TYPE, OTHER_TYPES, type AnalyticsState } from '../../../src-contract/analytics-store.ts';
import { FrequentNames, type FrequentName } from '../../lib/frequent-names.ts';

/** Most types that have a number of their own, per environment; events of all further ones are counted together. */
export const MAX_TYPES = 1000;
/** Numbers of types are below this. */
export const TYPE_NUMBERS: number = FIRST_TYPE + MAX_TYPES;
/** Counters of the sketch of types beyond the cap. */
export const FREQUENT_COUNTERS = 1000;

/** The numbers of types in the order in which they came, and a sketch of those that came when all numbers were taken. */
export class TypeRegister {
  readonly #numbers = new Map<string, number>();
  /** By number. */
  readonly #names: string[] = ['', ''];
  /** Of the events beyond the cap that came since the last {@link settle}, by type. */
  readonly #beyond = new Map<string, number>();
  readonly #frequent: FrequentNames;
  #written: number;
  #frequentChanged = false;

  constructor({ types, frequent }: Pick<AnalyticsState, 'types' | 'frequent'>) {
    for (const { type, name } of types) {
      this.#numbers.set(name, type);
      this.#names[type] = name;
    }
    this.#written = this.#names.length;
    this.#frequent = new FrequentNames(FREQUENT_COUNTERS, frequent === null ? [] : decoded(frequent));
  }

  /** How many types have a number. */
  get known(): number {
    return this.#numbers.size;
  }

  /** The number of a type, under which `times` events of it are about to be counted. */
  numberOf(name: string, times = 1): number {
    return this.#numbers.get(name) ?? this.#unknown(name, times);
  }

  /** The number that a type has by now; undefined for none of its own. */
  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  /** The type of a number. */
  nameOf(type: number): string {
    return this.#names[type] ?? '';
  }

  /** The most frequent types beyond the cap. */
  frequent(limit: number): FrequentName[] {
    return this.#frequent.top(limit);
  }

  /** Enters what came beyond the cap into the sketch: once a batch, so that a batch counts the same however it is split. */
  settle(): void {
    if (this.#beyond.size === 0) return;
    for (const [name, times] of this.#beyond) this.#frequent.add(name, times);
    this.#beyond.clear();
    this.#frequentChanged = true;
  }

  /** What changed since the call before, as a checkpoint holds it. */
  take(): { types: { type: number; name: string }[]; frequent: Uint8Array | null } {
    const types = this.#names.slice(this.#written).map((name, at) => ({ type: this.#written + at, name }));
    const frequent = this.#frequentChanged ? encoded(this.#frequent.top(FREQUENT_COUNTERS)) : null;
    this.#written = this.#names.length;
    this.#frequentChanged = false;
    return { types, frequent };
  }

  #unknown(name: string, times: number): number {
    if (this.#numbers.size >= MAX_TYPES) {
      this.#beyond.set(name, (this.#beyond.get(name) ?? 0) + times);
      return OTHER_TYPES;
    }
    const type = Math.max(FIRST_TYPE, this.#names.length);
    this.#numbers.set(name, type);
    this.#names[type] = name;
    return type;
  }
}

function encoded(counters: readonly FrequentName[]): Uint8Array {
  const rows = counters.map(({ name, count, error }) => [name, count, error]);
  return new TextEncoder().encode(JSON.stringify(rows));
}

/** The counters of {@link encoded}; a state of another form is taken for none: the sketch begins anew. */
function decoded(state: Uint8Array): FrequentName[] {
  const rows = JSON.parse(new TextDecoder().decode(state)) as [string, number, number][];
  return rows.map(([name, count, error]) => ({ name, count, error }));
}
