import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CANDLE_LEVELS, type SourcedCandle } from '../src-contract/ticker-checkpoint.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { LatencyHistogram } from '../src-main/lib/latency-histogram.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { openForReading } from '../src-main/store/database.ts';
import { openStore } from '../src-main/store/open-store.ts';
import { databaseFile } from '../src-main/store/prepare-database.ts';
import { Reader } from '../src-main/store/reader.ts';
import { chartPages, type ChartPage } from './candle-pages.ts';
import { fillHistory, type Filling } from './fill-history.ts';
import type { BenchResult } from './report.ts';
import { interleavedMedians, type Medians } from './rounds.ts';

/** 10 million ticks: 50 symbols, 5 s apart, 11 days. */
const STEPS = 200_000;
const ROUNDS = 5;
const LIMIT_MS = 50;

/**
 * Pages of candles as charts ask for them, beside 10 million ticks: through the reader's thread against the limit, and the
 * reader itself against bare SQLite for the same rows.
 */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-bench-'));
  try {
    const filling = await fillHistory(folder, STEPS);
    return await measure(folder, filling);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(folder: string, filling: Filling): Promise<BenchResult> {
  const pages = chartPages(STEPS);
  const latency = new PageLatency();
  const store = await openStore({ folder, mode: 'threads', log: silentLog, clock: systemClock });
  const reader = new Reader(openForReading(databaseFile(folder)), systemClock, silentLog);
  const bare = openBare(databaseFile(folder));
  for (const page of pages) assertSameRows(page, reader.candles(page.query).items, bare.read(page));
  const medians = await interleavedMedians(
    [
      {
        name: 'thread',
        run: () => rate(pages, (page) => latency.of(page, () => store.screens.candles(page.query))),
      },
      { name: 'reader', run: () => rate(pages, ({ query }) => reader.candles(query)) },
      { name: 'bare', run: () => rate(pages, bare.read) },
    ],
    ROUNDS,
  );
  bare.close();
  reader.close();
  await store.stop();
  return result(medians, latency, filling);
}

function result(medians: Medians, latency: PageLatency, filling: Filling): BenchResult {
  return {
    name: 'candles',
    ratios: [
      {
        name: 'candle page P95 / 50 ms',
        value: latency.all.percentile(95) / 1000 / LIMIT_MS,
        meaning: 'a page through the thread of the reader, there and back, against its limit',
        floor: 1,
        goal: 0.2,
        lessIsBetter: true,
      },
      {
        name: 'reader / bare SQLite',
        value: (medians['reader'] ?? 0) / (medians['bare'] ?? 1),
        meaning: 'pages/s of the reader against a bare better-sqlite3 query of the same rows, same thread',
        floor: 0.4,
        goal: 0.7,
      },
    ],
    absolute: {
      'ticks in the journal': filling.ticks,
      'database, MB': filling.databaseBytes / 1e6,
      'journal filled in, s': filling.journalSeconds,
      'candles rebuilt from it, s': filling.rebuildSeconds,
      ...Object.fromEntries(Object.entries(medians).map(([name, value]) => [`${name} pages/s`, value])),
      ...latency.figures(),
    },
  };
}

/** How long pages took, by what they are; the first of all is the one that finds nothing in memory. */
class PageLatency {
  readonly all = new LatencyHistogram();
  readonly #kinds = new Map<string, LatencyHistogram>();

  /** Reads a page and keeps how long it took. */
  async of({ kind }: ChartPage, read: () => Promise<unknown>): Promise<void> {
    const begun = performance.now();
    await read();
    const micros = (performance.now() - begun) * 1000;
    const histogram = this.#kinds.get(kind) ?? new LatencyHistogram();
    this.#kinds.set(kind, histogram);
    histogram.record(micros);
    this.all.record(micros);
  }

  /** P50 and P95 of each kind of page in milliseconds, and the longest of all. */
  figures(): Record<string, number> {
    const of = (name: string, histogram: LatencyHistogram): [string, number][] =>
      [50, 95].map((percent) => [`${name} P${percent}, ms`, histogram.percentile(percent) / 1000]);
    return {
      ...Object.fromEntries([...this.#kinds].flatMap(([kind, histogram]) => of(kind, histogram))),
      ...Object.fromEntries(of('all pages', this.all)),
      'all pages max, ms': this.all.max / 1000,
    };
  }
}

/** Two ways of reading are compared only where they read the same. Throws an Error where they do not. */
function assertSameRows(
  { kind, query }: ChartPage,
  items: readonly BareCandle[],
  rows: readonly BareCandle[],
): void {
  const same = (item: BareCandle, index: number): boolean => {
    const row = rows[rows.length - 1 - index];
    return row?.start === item.start && row.open === item.open && row.close === item.close;
  };
  if (items.length === rows.length && items.every(same)) return;
  throw new Error(`the reader and bare SQLite differ: ${kind} of ${query.symbol}`);
}

/** Pages a second. */
async function rate(pages: readonly ChartPage[], read: (page: ChartPage) => unknown): Promise<number> {
  const begun = performance.now();
  for (const page of pages) await read(page);
  return (pages.length * 1000) / (performance.now() - begun);
}

/** A candle as bare SQLite gives it. */
type BareCandle = Pick<SourcedCandle, 'start' | 'open' | 'high' | 'low' | 'close' | 'ticks'>;

/** The same rows by one prepared statement, which is told the series: nothing is looked up, merged or renamed. */
function openBare(file: string): { read: (page: ChartPage) => BareCandle[]; close: () => void } {
  const db = new Database(file, { readonly: true });
  const series = new Map(db.prepare<[], [string, number]>('SELECT symbol, id FROM series').raw().all());
  const select = db.prepare<(number | undefined)[], BareCandle>(
    `SELECT start, open, coalesce(high, open) AS high, coalesce(low, open) AS low, coalesce(close, open) AS close, ticks
      FROM candle WHERE level = ? AND series = ? AND start < ? ORDER BY start DESC LIMIT ?`,
  );
  return {
    read: ({ query }) =>
      select.all(CANDLE_LEVELS[query.level], series.get(query.symbol), query.to, query.limit),
    close: () => db.close(),
  };
}
