import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../../lib/clock.ts';
import { errorMessage } from '../../../lib/error-message.ts';
import defaults from '../../../../resources/stock-prices.json' with { type: 'json' };
import { parsePriceRanges, type PriceRange } from './price-range.ts';

/** Name of the file of ranges in the data folder. */
export const PRICE_RANGES_FILE = 'stock-prices.json';

const LOOK_EVERY_MS = 1000;
const MAX_BYTES = 1024 * 1024;

/** Ranges of prices that a user can edit. */
export interface PriceRanges {
  /** The ranges in use: the last ones that could be read. */
  readonly current: readonly PriceRange[];
  /** What is wrong with the file now, naming it; null: nothing. */
  readonly problem: string | null;
  /** Looks whether the file was changed, at most once a second, and reads it then. Never rejects. */
  refresh(): Promise<void>;
}

/** The ranges that come with the app, for data folders without a file of their own, and for tests. */
export const DEFAULT_PRICE_RANGES: readonly PriceRange[] = parsePriceRanges(JSON.stringify(defaults));

/** Ranges that nobody can edit. */
export function fixedPriceRanges(ranges: readonly PriceRange[] = DEFAULT_PRICE_RANGES): PriceRanges {
  return { current: ranges, problem: null, refresh: () => Promise.resolve() };
}

/**
 * Opens the file of ranges at `path`; when there is none, writes the ranges that come with the app there, to be edited.
 * A file that cannot be written or read is a `problem`, never an error: the app's own ranges are used then.
 */
export async function openPriceRanges(path: string, clock: Pick<Clock, 'monotonic'>): Promise<PriceRanges> {
  const ranges = new RangesFile(path, clock);
  await ranges.open();
  return ranges;
}

class RangesFile implements PriceRanges {
  readonly #path: string;
  readonly #clock: Pick<Clock, 'monotonic'>;
  #current = DEFAULT_PRICE_RANGES;
  #problem: string | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> = Promise.resolve();
  /** Time and size of what was read last. */
  #version = '';

  constructor(path: string, clock: Pick<Clock, 'monotonic'>) {
    this.#path = path;
    this.#clock = clock;
  }

  get current(): readonly PriceRange[] {
    return this.#current;
  }

  get problem(): string | null {
    return this.#problem;
  }

  async open(): Promise<void> {
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(this.#path, `${JSON.stringify(defaults, null, 2)}\n`, { flag: 'wx' });
    } catch (error) {
      const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
      if (!isThere) this.#problem = `${this.#path} cannot be written: ${errorMessage(error)}`;
    }
    if (this.#problem === null) await this.refresh();
  }

  refresh(): Promise<void> {
    const now = this.#clock.monotonic();
    if (now - this.#lookedAt < LOOK_EVERY_MS) return this.#looking;
    this.#lookedAt = now;
    this.#looking = this.#look();
    return this.#looking;
  }

  async #look(): Promise<void> {
    try {
      const { mtimeMs, size } = await stat(this.#path);
      const version = `${mtimeMs}/${size}`;
      if (version === this.#version) return;
      if (size > MAX_BYTES) throw new Error(`it has ${size} bytes; at most ${MAX_BYTES} are accepted`);
      this.#current = parsePriceRanges(await readFile(this.#path, 'utf8'));
      this.#version = version;
      this.#problem = null;
    } catch (error) {
      this.#version = '';
      this.#problem = `${this.#path} is not used as it is: ${errorMessage(error)}`;
    }
  }
}
