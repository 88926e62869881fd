/** A source of chance. Injected everywhere, so that a seed repeats a run. */
export interface Random {
  /** A number in [0, 1) with 53 random bits. */
  next(): number;
  /** An integer between `low` and `high`, both included. Throws a RangeError when they are not integers in order. */
  int(low: number, high: number): number;
  /** One of `items`. Throws a RangeError when there is none. */
  pick<T>(items: readonly T[]): T;
  /** A number of mean 0 and variance 1, bell-shaped and within ±6: the step of a random walk. */
  normal(): number;
  /**
   * An independent sequence that depends on this one's seed and on `name` only, not on how much was drawn: a part
   * that draws more does not change what the others see.
   */
  fork(name: string): Random;
}

/**
 * The same sequence for the same seed on every platform: sfc32, its state filled by splitmix32, and nothing but exact
 * arithmetic. Not for secrets. `seed` is a safe integer, else a RangeError is thrown.
 */
export function seededRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a safe integer, not ${seed}`);
  return randomOf(seed | 0, Math.floor(seed / 2 ** 32) | 0);
}

function randomOf(low: number, high: number): Random {
  const bits = sfc32(low, high);

  function next(): number {
    return ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53;
  }

  function int(from: number, to: number): number {
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from > to) {
      throw new RangeError(
        `a range goes from one integer to another that is not smaller, not ${from} to ${to}`,
      );
    }
    return from + Math.floor(next() * (to - from + 1));
  }

  function pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to pick from');
    return items[int(0, items.length - 1)] as T;
  }

  // Sums twelve uniform numbers: logarithms and cosines may differ in the last bit from one platform to another.
  function normal(): number {
    let sum = -6;
    for (let draw = 0; draw < 12; draw += 1) sum += next();
    return sum;
  }

  function fork(name: string): Random {
    return randomOf(hash(name, low), hash(name, high ^ 0x5bd1e995));
  }

  return { next, int, pick, normal, fork };
}

/** Chris Doty-Humphrey's "small fast counting" generator with 128 bits of state; gives signed 32-bit integers. */
function sfc32(low: number, high: number): () => number {
  const fill = splitmix32(low);
  const fillHigh = splitmix32(high ^ 0x2545f491);
  let a = fill();
  let b = fillHigh();
  let c = fill() ^ fillHigh();
  let counter = 1;
  const draw = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result;
  };
  for (let round = 0; round < 15; round += 1) draw();
  return draw;
}

function splitmix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return mix(state);
  };
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}

/** FNV-1a over UTF-16 units, begun at `seed` and mixed at the end. */
function hash(text: string, seed: number): number {
  let value = seed ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return mix(value);
}
