import { DEMO_ENVIRONMENT } from '../../src-contract/environment.ts';
import type { Retention } from '../../src-contract/settings.ts';
import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';
import type {
  CandleLimits,
  IdWindow,
  Remote,
  RetentionLimits,
  RollupLimits,
  WriterPort,
} from '../store/port.ts';
import { DAY_MS } from './day.ts';

/** Rows per slice: small enough that a slice never holds the writer for 50 ms. */
const SLICE_ROWS = 500;
/** Retention is looked at this often, in milliseconds. */
const RETAIN_EVERY_MS = 30_000;
/** A stop goes on redacting for at most this long, in milliseconds; what is left then is for the next start. */
const REDACT_AT_STOP_MS = 1000;

/** Invoices that were reset are kept for longer than the reset can be taken back, in milliseconds. */
const KEEP_RESET_MS = 35_000;

/** Seconds and minutes of events age out; quarters, hours and days are kept for good. */
const ROLLUP_LIMITS: readonly RollupLimits[] = [
  { level: '1s', maxAgeMs: 2 * DAY_MS },
  { level: '1m', maxAgeMs: 90 * DAY_MS },
];
/** How long the names that callers gave their events are remembered. */
const ID_WINDOW: IdWindow = { maxAgeMs: DAY_MS, maxIds: 1_000_000 };
const MEGABYTE = 1024 * 1024;

/** The limits that settings describe, as the store takes them. */
export function retentionLimits({
  journal_days: days,
  journal_megabytes: megabytes,
}: Retention): RetentionLimits {
  return { maxAgeMs: days * DAY_MS, maxBytes: megabytes * MEGABYTE };
}

/** The limits that settings describe for candles; those of hours and days are kept for good. */
export function candleLimits(retention: Retention): CandleLimits[] {
  const { candles_1s_days: seconds, candles_1s_megabytes: secondsMegabytes } = retention;
  const { candles_1m_days: minutes, candles_1m_megabytes: minutesMegabytes } = retention;
  return [
    { level: '1s', maxAgeMs: seconds * DAY_MS, maxBytes: secondsMegabytes * MEGABYTE },
    { level: '1m', maxAgeMs: minutes * DAY_MS, maxBytes: minutesMegabytes * MEGABYTE },
  ];
}

/** What upkeep works with. */
export interface UpkeepOptions {
  clock: Clock;
  writer: Pick<
    Remote<WriterPort>,
    'redact' | 'retain' | 'retainCandles' | 'retainRollups' | 'forgetIds' | 'purgeInvoices' | 'settle'
  >;
  limits: () => RetentionLimits;
  candles: () => CandleLimits[];
  fail: (error: unknown) => void;
}

/** Keeps the database small and forgetful: redacts what opted out, deletes what aged out or was reset, in slices between batches. */
export class Upkeep implements Stoppable {
  readonly #options: UpkeepOptions;
  readonly #cancel: () => void;
  #running: Promise<void> = Promise.resolve();
  /** When the last slice must have begun, by the monotonic clock; null while it is not stopping. */
  #endsAt: number | null = null;

  constructor(options: UpkeepOptions) {
    this.#options = options;
    this.#cancel = options.clock.every(RETAIN_EVERY_MS, () => this.#run(() => this.#retain()));
    this.redactSoon();
  }

  /** Redacts whatever is asked for. */
  redactSoon(): void {
    this.#run(() => this.#redact());
  }

  /** Ends the deleting at once, and the redacting when it is done or a second has passed. */
  async stop(): Promise<void> {
    this.#endsAt ??= this.#options.clock.monotonic() + REDACT_AT_STOP_MS;
    this.#cancel();
    await this.#running;
  }

  #run(work: () => Promise<void>): void {
    this.#running = this.#running.then(work).catch(this.#options.fail);
  }

  get #isOver(): boolean {
    return this.#endsAt !== null && this.#options.clock.monotonic() >= this.#endsAt;
  }

  async #redact(): Promise<void> {
    let left = 1;
    while (left > 0 && !this.#isOver) left = await this.#options.writer.redact(SLICE_ROWS);
  }

  async #retain(): Promise<void> {
    const { writer, limits, candles, clock } = this.#options;
    await this.#slices(() => writer.retain(limits(), clock.now(), SLICE_ROWS));
    await this.#slices(() => writer.retainCandles(candles(), clock.now(), SLICE_ROWS));
    await this.#slices(() => writer.retainRollups(ROLLUP_LIMITS, clock.now(), SLICE_ROWS));
    await this.#slices(() => writer.forgetIds(ID_WINDOW, clock.now(), SLICE_ROWS));
    const resetBefore = clock.now() - KEEP_RESET_MS;
    await this.#slices(() => writer.purgeInvoices(DEMO_ENVIRONMENT, resetBefore, SLICE_ROWS));
    if (this.#endsAt === null) await writer.settle();
  }

  /** Deletes slice by slice until nothing goes any more. */
  async #slices(slice: () => Promise<number>): Promise<void> {
    let gone = 1;
    while (gone > 0 && this.#endsAt === null) gone = await slice();
  }
}
