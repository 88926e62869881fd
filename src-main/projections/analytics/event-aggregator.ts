import { ALL_TYPES, ROLLUP_MS } from '../../../src-contract/analytics-store.ts';
import { MAX_EVENT_VALUE } from '../../../src-contract/event-bodies.ts';
import { CellTable } from './cell-table.ts';
import { MAX_TYPES, type TypeRegister } from './type-register.ts';
import type { UserSketches } from './user-sketches.ts';

/** Length of the shortest buckets that tell types apart, in milliseconds. */
export const SLOT_MS = 5000;
const SECOND_MS = ROLLUP_MS['1s'];
/** Numbers of types are below this. */
const TYPES = MAX_TYPES + 2;

/**
 * Sums events up by second, by type and slot of 5 s, and by user: the one thing that is done for every event, whatever
 * windows and rollups are made of it. Nothing is allocated for an event of a known type in a known bucket.
 */
export class EventAggregator {
  /** Types apart, by slots of 5 s. */
  readonly slots: CellTable = new CellTable(SLOT_MS);
  /** All types together, by seconds. */
  readonly seconds: CellTable = new CellTable(SECOND_MS);
  readonly #types: Pick<TypeRegister, 'numberOf'>;
  readonly #users: Pick<UserSketches, 'add'>;
  /** The second of the last event, and its row; the slot that contains it. */
  #second = Infinity;
  #secondEnd = -Infinity;
  #secondRow = 0;
  #slot = -1;
  /** By type: the slot of its last event, and the row of both. */
  readonly #slotOf: Float64Array = new Float64Array(TYPES).fill(NaN);
  readonly #rowOf: Int32Array = new Int32Array(TYPES);

  constructor(types: Pick<TypeRegister, 'numberOf'>, users: Pick<UserSketches, 'add'>) {
    this.#types = types;
    this.#users = users;
  }

  /** How many cells there are. */
  get size(): number {
    return this.slots.size + this.seconds.size;
  }

  /**
   * Takes one event in.
   * @param value none, or one further from zero than MAX_EVENT_VALUE, which counts as none.
   * @param at when it occurred, UTC milliseconds.
   */
  take(type: string, value: number | undefined, at: number, user: string | undefined): void {
    if (at < this.#second || at >= this.#secondEnd) this.#enter(at);
    const number = this.#types.numberOf(type);
    if (this.#slotOf[number] !== this.#slot) this.#enterType(number, at);
    const row = this.#rowOf[number] as number;
    if (value !== undefined && Math.abs(value) <= MAX_EVENT_VALUE) {
      this.slots.countValue(row, value);
      this.seconds.countValue(this.#secondRow, value);
    } else {
      this.slots.count(row);
      this.seconds.count(this.#secondRow);
    }
    if (user !== undefined && user !== '') this.#users.add(at, user);
  }

  /** Forgets everything that was taken in. */
  clear(): void {
    this.slots.clear();
    this.seconds.clear();
    this.#second = Infinity;
    this.#secondEnd = -Infinity;
    this.#slotOf.fill(NaN);
  }

  #enter(at: number): void {
    this.#second = Math.floor(at / SECOND_MS) * SECOND_MS;
    this.#secondEnd = this.#second + SECOND_MS;
    this.#secondRow = this.seconds.row(at, ALL_TYPES);
    this.#slot = Math.floor(at / SLOT_MS);
  }

  #enterType(number: number, at: number): void {
    this.#slotOf[number] = this.#slot;
    this.#rowOf[number] = this.slots.row(at, number);
  }
}
