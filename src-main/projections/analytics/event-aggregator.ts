import { ROLLUP_MS } from '../../../src-contract/analytics-store.ts';
import { MAX_EVENT_VALUE } from '../../../src-contract/event-bodies.ts';
import { CellTable } from './cell-table.ts';

const SECOND_MS = ROLLUP_MS['1s'];
/** What gives types their numbers. */
export interface TypeNumbers {
  numberOf(name: string): number;
}

/** What counts the users of events. */
export interface UserCounter {
  add(at: number, user: string): void;
}

/**
 * Sums events up by second, type and user: the one thing that is done for every event, whatever windows and rollups are
 * made of it. Nothing is allocated for an event of a known type in a known second.
 */
export class EventAggregator {
  /** Seconds of each type. */
  readonly cells: CellTable = new CellTable(SECOND_MS);
  readonly #types: TypeNumbers;
  readonly #users: UserCounter;
  /** The second of the last event, UTC milliseconds. */
  #second = Infinity;
  #secondEnd = -Infinity;
  /** By type: the second of its last event, and the row of both. */
  readonly #secondOf: Float64Array;
  readonly #rowOf: Int32Array;

  /** @param numbers of types are below this. */
  constructor(types: TypeNumbers, users: UserCounter, numbers: number) {
    this.#types = types;
    this.#users = users;
    this.#secondOf = new Float64Array(numbers).fill(NaN);
    this.#rowOf = new Int32Array(numbers);
  }

  /**
   * Takes one event in.
   * @param value none, or one further from zero than MAX_EVENT_VALUE, which counts as none.
   * @param at when it occurred, UTC milliseconds.
   */
  take(type: string, value: number | undefined, at: number, user: string | undefined): void {
    if (at < this.#second || at >= this.#secondEnd) this.#enter(at);
    const number = this.#types.numberOf(type);
    if (this.#secondOf[number] !== this.#second) this.#enterType(number);
    const row = this.#rowOf[number] as number;
    if (value !== undefined && Math.abs(value) <= MAX_EVENT_VALUE) this.cells.countValue(row, value);
    else this.cells.count(row);
    if (user !== undefined && user !== '') this.#users.add(at, user);
  }

  /** Forgets everything that was taken in. */
  clear(): void {
    this.cells.clear();
    this.#second = Infinity;
    this.#secondEnd = -Infinity;
    this.#secondOf.fill(NaN);
  }

  #enter(at: number): void {
    this.#second = Math.floor(at / SECOND_MS) * SECOND_MS;
    this.#secondEnd = this.#second + SECOND_MS;
  }

  #enterType(number: number): void {
    this.#secondOf[number] = this.#second;
    this.#rowOf[number] = this.cells.row(this.#second, number);
  }
}
