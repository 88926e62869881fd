import { ROLLUP_MS, type RollupRecord } from '../../../src-contract/analytics-store.ts';
import { SKETCH_REGISTERS, type SketchRegisters } from '../../lib/distinct-count.ts';

/** Numbers of a slot of a type: its start, its type and its figures. */
const NUMBERS = 8;

/** What is remembered of a minute beyond its rollups. */
export interface MinuteParts {
  slots: RollupRecord[];
  /** Null: no users. */
  users: SketchRegisters | null;
}

/** A minute as bytes: the number of its slots, each slot's numbers, and the registers of its users where it has any. */
export function encodeMinute({ slots, users }: MinuteParts): Uint8Array {
  const numbers = new Float64Array(1 + slots.length * NUMBERS);
  numbers[0] = slots.length;
  for (const [index, slot] of slots.entries()) {
    const { start, type, events, valued, units, micros, min, max } = slot;
    numbers.set([start, type, events, valued, units, micros, min, max], 1 + index * NUMBERS);
  }
  const bytes = new Uint8Array(numbers.byteLength + (users === null ? 0 : SKETCH_REGISTERS));
  bytes.set(new Uint8Array(numbers.buffer));
  if (users !== null) bytes.set(users, numbers.byteLength);
  return bytes;
}

/** The minute that {@link encodeMinute} wrote. */
export function decodeMinute(state: Uint8Array): MinuteParts {
  // Copied, because a view of doubles begins at a multiple of eight, and what a database hands out need not.
  const bytes = Uint8Array.from(state);
  const [count = 0] = new Float64Array(bytes.buffer, 0, 1);
  const numbers = new Float64Array(bytes.buffer, 8, count * NUMBERS);
  const slots = Array.from({ length: count }, (_, index) => slotAt(numbers, index * NUMBERS));
  const end = 8 + numbers.byteLength;
  return { slots, users: bytes.length === end ? null : bytes.slice(end, end + SKETCH_REGISTERS) };
}

/** Start of the minute that contains a time; both UTC milliseconds. */
export function minuteOf(at: number): number {
  return Math.floor(at / ROLLUP_MS['1m']) * ROLLUP_MS['1m'];
}

function slotAt(numbers: Float64Array, from: number): RollupRecord {
  const at = (offset: number): number => numbers[from + offset] ?? 0;
  return {
    start: at(0),
    type: at(1),
    events: at(2),
    valued: at(3),
    units: at(4),
    micros: at(5),
    min: at(6),
    max: at(7),
  };
}
