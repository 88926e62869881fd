import { EVENT_KINDS } from '../src-contract/event-kinds.ts';
import type { EventBatch } from '../src-contract/journal.ts';
import { INTERVAL_MS } from '../src-contract/ticker.ts';
import { seededRandom } from '../src-main/lib/random.ts';
import type { TestCandle } from '../src-main/store/testing/candles.ts';

const SYMBOLS = 50;
const STEP_MS = 5_000;
/** Steps of a batch: 1,000 events. */
const BATCH_STEPS = 20;
const BODY_BYTES = 80;

/** When the ticks begin. Before them lies a year of hours and days alone. */
export const TICKS_FROM = Date.UTC(2026, 10, 1);
/** Symbols of the history. */
export const HISTORY_SYMBOLS = Array.from(
  { length: SYMBOLS },
  (_, index) => `S${String(index).padStart(2, '0')}`,
);
/** Prices of every symbol, one each 5 s, for some steps from `firstStep` on: at [symbol × steps + step]. */
export interface PricePart {
  firstStep: number;
  steps: number;
  prices: Float64Array;
}

/** A random walk for each symbol, part after part; the same every time. */
export function* priceParts(steps: number, stepsOfPart: number): Generator<PricePart> {
  const random = seededRandom(1);
  const last = new Float64Array(SYMBOLS).fill(150);
  for (let firstStep = 0; firstStep < steps; firstStep += stepsOfPart) {
    const count = Math.min(stepsOfPart, steps - firstStep);
    const prices = new Float64Array(SYMBOLS * count);
    for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
      for (let step = 0; step < count; step += 1) {
        last[symbol] = Math.max(1, Math.round(((last[symbol] ?? 0) + (random.next() - 0.5) / 4) * 100) / 100);
        prices[symbol * count + step] = last[symbol] ?? 0;
      }
    }
    yield { firstStep, steps: count, prices };
  }
}

/** The part as batches of up to 1,000 price events, in the order of time. */
export function* batchesOf(
  { firstStep, steps, prices }: PricePart,
  incarnation: number,
): Generator<EventBatch> {
  for (let from = 0; from < steps; from += BATCH_STEPS) {
    const count = Math.min(BATCH_STEPS, steps - from) * SYMBOLS;
    const batch = emptyBatch(incarnation, count, (firstStep + from) * SYMBOLS);
    const bodies = Buffer.alloc(count * BODY_BYTES);
    let end = 0;
    for (let index = 0; index < count; index += 1) {
      const step = from + Math.floor(index / SYMBOLS);
      const price = prices[(index % SYMBOLS) * steps + step] ?? 0;
      const symbol = HISTORY_SYMBOLS[index % SYMBOLS];
      end += bodies.write(`{"symbol":"${symbol}","price":${price},"change_percent":0.25}`, end);
      batch.bodyEnds[index] = end;
      batch.occurredAt[index] = timeOf(firstStep + step);
      batch.receivedAt[index] = timeOf(firstStep + step) + 3;
    }
    yield { ...batch, bodies: new Uint8Array(bodies.subarray(0, end)) };
  }
}

/** A year of candles of one level before the ticks begin, each of as many ticks as there would have been. */
export function yearOf(level: '1h' | '1d'): TestCandle[] {
  const interval = INTERVAL_MS[level];
  const count = (365 * INTERVAL_MS['1d']) / interval;
  const random = seededRandom(2);
  return HISTORY_SYMBOLS.flatMap((symbol) =>
    Array.from({ length: count }, (_, index) => {
      const start = TICKS_FROM - (count - index) * interval;
      const open = 140 + Math.round(random.next() * 2_000) / 100;
      const prices = { open, high: open + 1.25, low: open - 1.25, close: open + 0.5 };
      const times = { openAt: start, closeAt: start + interval - STEP_MS, openId: 1, closeId: 2 };
      return { series: { symbol }, level, start, ticks: interval / STEP_MS, ...prices, ...times };
    }),
  );
}

/** When the price of a step occurred. */
export function timeOf(step: number): number {
  return TICKS_FROM + step * STEP_MS;
}

function emptyBatch(incarnation: number, count: number, firstSeq: number): EventBatch {
  return {
    env: 'dev',
    source: 'nats',
    incarnation,
    count,
    seqs: Float64Array.from({ length: count }, (_, index) => firstSeq + index + 1),
    kinds: new Uint8Array(count).fill(EVENT_KINDS['stock.price_updated']),
    occurredAt: new Float64Array(count),
    receivedAt: new Float64Array(count),
    ...{ parts: null, ids: null, redriven: null },
    keys: null,
    bodies: new Uint8Array(),
    bodyEnds: new Uint32Array(count),
    rejects: [],
    others: [],
    confirmed: 0,
    follows: firstSeq,
    lastSeq: firstSeq + count,
  };
}
