const INDEX_BITS = 12;
/** How many registers a sketch has, one byte each. */
export const SKETCH_REGISTERS: number = 2 ** INDEX_BITS;
/** Zeros are counted in the second 32 bits of a hash. */
const MOST_ZEROS = 32;
/** 1 / (2 ln 2), the bias of an endless number of registers. */
const ALPHA = 0.5 / Math.LN2;
/** Standard error of {@link distinctCount} in percent: 1.04 by the root of the number of registers. */
export const DISTINCT_ERROR_PERCENT = 1.625;

/**
 * A sketch of distinct texts (HyperLogLog): however many are added, 4,096 bytes. Added in any order, any number of times,
 * or merged from parts, the same texts give the same registers.
 */
export type SketchRegisters = Uint8Array;

/** An empty sketch. */
export function emptySketch(): SketchRegisters {
  return new Uint8Array(SKETCH_REGISTERS);
}

/**
 * Where a text belongs: its register in the upper bits and the value it asks for in the lowest 6. The hash (two
 * multiplicative ones of 32 bits, mixed) is part of what is stored and never changes.
 */
export function sketchPlace(text: string): number {
  let first = 0xdeadbeef;
  let second = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x9e3779b1);
    second = Math.imul(second ^ unit, 0x5f356495);
  }
  first = mixed(first, second);
  second = mixed(second, first);
  return ((first >>> (32 - INDEX_BITS)) << 6) | (Math.clz32(second) + 1);
}

/** Puts a place into a sketch. */
export function addPlace(registers: SketchRegisters, place: number): void {
  const register = place >>> 6;
  const value = place & 63;
  if (value > (registers[register] as number)) registers[register] = value;
}

/** Adds a sketch to another: that of all texts of both. */
export function mergeSketch(into: SketchRegisters, from: SketchRegisters): void {
  for (let register = 0; register < SKETCH_REGISTERS; register += 1) {
    const value = from[register] as number;
    if (value > (into[register] as number)) into[register] = value;
  }
}

/**
 * How many distinct texts were added, estimated as Ertl does ("New cardinality estimation algorithms for HyperLogLog
 * sketches", 2017), which needs no tables and is unbiased from nothing to billions.
 */
export function distinctCount(registers: SketchRegisters): number {
  const counts = new Float64Array(MOST_ZEROS + 2);
  for (const value of registers) counts[value] = (counts[value] as number) + 1;
  let sum = SKETCH_REGISTERS * fullTerm(1 - (counts[MOST_ZEROS + 1] as number) / SKETCH_REGISTERS);
  for (let value = MOST_ZEROS; value >= 1; value -= 1) sum = 0.5 * (sum + (counts[value] as number));
  sum += SKETCH_REGISTERS * emptyTerm((counts[0] as number) / SKETCH_REGISTERS);
  return Math.round((ALPHA * SKETCH_REGISTERS ** 2) / sum);
}

function mixed(hash: number, other: number): number {
  const folded = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  return Math.imul(folded ^ (folded >>> 15), 0x2c1b3c6d);
}

/** Sigma of the paper: what registers without any text contribute. `share` is 0 to 1. */
function emptyTerm(share: number): number {
  if (share === 1) return Infinity;
  let power = share;
  let factor = 1;
  let sum = share;
  for (let before = NaN; sum !== before; factor *= 2) {
    power *= power;
    before = sum;
    sum += power * factor;
  }
  return sum;
}

/** Tau of the paper: what registers at their largest value contribute. `share` is 0 to 1. */
function fullTerm(share: number): number {
  if (share === 0 || share === 1) return 0;
  let root = share;
  let factor = 1;
  let sum = 1 - share;
  for (let before = NaN; sum !== before;) {
    root = Math.sqrt(root);
    before = sum;
    factor *= 0.5;
    sum -= (1 - root) ** 2 * factor;
  }
  return sum / 3;
}
