import type { Retention } from '../../src-contract/settings.ts';
import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';
import type { Remote, RetentionLimits, WriterPort } from '../store/port.ts';

/** Rows per slice: small enough that a slice never holds the writer for 50 ms. */
const SLICE_ROWS = 500;
/** Retention is looked at this often, in milliseconds. */
const RETAIN_EVERY_MS = 30_000;

const DAY_MS = 86_400_000;
const MEGABYTE = 1024 * 1024;

/** The limits that settings describe, as the store takes them. */
export function retentionLimits({
  journal_days: days,
  journal_megabytes: megabytes,
}: Retention): RetentionLimits {
  return { maxAgeMs: days * DAY_MS, maxBytes: megabytes * MEGABYTE };
}

/** What upkeep works with. */
export interface UpkeepOptions {
  clock: Clock;
  writer: Pick<Remote<WriterPort>, 'redact' | 'retain' | 'settle'>;
  limits: () => RetentionLimits;
  fail: (error: unknown) => void;
}

/** Keeps the database small and forgetful: redacts what opted out, deletes what aged out, in slices between batches. */
export class Upkeep implements Stoppable {
  readonly #options: UpkeepOptions;
  readonly #cancel: () => void;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: UpkeepOptions) {
    this.#options = options;
    this.#cancel = options.clock.every(RETAIN_EVERY_MS, () => this.#run(() => this.#retain()));
    this.redactSoon();
  }

  /** Redacts whatever is asked for. */
  redactSoon(): void {
    this.#run(() => this.#redact());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#running;
  }

  #run(work: () => Promise<void>): void {
    this.#running = this.#running.then(work).catch(this.#options.fail);
  }

  async #redact(): Promise<void> {
    let left = 1;
    while (left > 0 && !this.#stopped) left = await this.#options.writer.redact(SLICE_ROWS);
  }

  async #retain(): Promise<void> {
    const { writer, limits, clock } = this.#options;
    let gone = 1;
    while (gone > 0 && !this.#stopped) gone = await writer.retain(limits(), clock.now(), SLICE_ROWS);
    if (!this.#stopped) await writer.settle();
  }
}
