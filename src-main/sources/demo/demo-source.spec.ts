import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { EVENT_BODIES } from '../../../src-contract/event-bodies.ts';
import type { EventFamily } from '../../../src-contract/event-kinds.ts';
import { silentLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { RecordingIntake, type Recorded } from '../nats/testing/recording-intake.ts';
import type { PriceRange } from '../stocks/mock/price-range.ts';
import { DEMO_SYMBOLS } from './demo-market.ts';
import { startDemoSource } from './demo-source.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;
const PRICE = 'stock.price_updated';
/** 40 opt-ins and two hours of 25 prices every half minute. */
const PAST = 40 + 240 * 25;

interface Run {
  intake?: RecordingIntake;
  seed?: number;
  shared?: string[];
  pricesPerSecond?: number;
  lastPrice?: number | null;
  withoutPrices?: () => ReadonlySet<string>;
  ranges?: () => readonly PriceRange[];
}

async function start({
  intake = new RecordingIntake(10_000),
  seed = 7,
  shared = [],
  lastPrice = null,
  ...rest
}: Run) {
  const clock = new VirtualClock(NOON);
  const source = await startDemoSource({
    intake,
    clock,
    random: seededRandom(seed),
    log: silentLog,
    shared: () => shared,
    lastPrice: () => lastPrice,
    ...rest,
  });
  return { clock, source, stream: intake.of('demo') };
}

const prices = (messages: readonly Recorded[]): Recorded[] =>
  messages.filter(({ subject }) => subject === PRICE);
const symbols = (messages: readonly Recorded[]): Set<string> =>
  new Set(prices(messages).map(({ body }) => (JSON.parse(body) as { symbol: string }).symbol));
const times = (messages: readonly Recorded[]): number[] =>
  messages.map(({ body }) => Date.parse((JSON.parse(body) as { occurred_at: string }).occurred_at));

/** Each price's change since the one before of its symbol, as a part of it. */
function changes(messages: readonly Recorded[]): number[] {
  const last = new Map<string, number>();
  return messages.flatMap(({ body }) => {
    const { symbol, price } = JSON.parse(body) as { symbol: string; price: number };
    const before = last.get(symbol);
    last.set(symbol, price);
    return before === undefined ? [] : [price / before - 1];
  });
}

const spread = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** An intake into which an earlier run told this many events. */
async function toldBefore(count: number): Promise<RecordingIntake> {
  const intake = new RecordingIntake(10_000);
  const stream = await intake.openStream({ name: 'demo', createdAt: 0 });
  stream.offeredSeq = count;
  stream.storedSeq = count;
  return intake;
}

describe('the demo feed', () => {
  it('begins with a past of two hours: 40 opt-ins, then a price per symbol every half minute', async () => {
    const { stream } = await start({});
    expect(stream.messages).toHaveLength(PAST);
    const [optIns, ticks] = [stream.messages.slice(0, 40), stream.messages.slice(40)];
    expect(optIns.every(({ subject }) => subject === 'portfolio.opted_in')).toBe(true);
    expect(new Set(times(optIns))).toEqual(new Set([NOON - 2 * HOUR]));
    expect(prices(ticks)).toHaveLength(240 * 25);
    expect([...new Set(times(ticks))]).toEqual(
      Array.from({ length: 240 }, (_, step) => NOON - 2 * HOUR + step * 30_000),
    );
  });

  it('moves prices now as it did in the past: a chart does not show where the demo began', async () => {
    const { clock, stream } = await start({ intake: new RecordingIntake(100_000), pricesPerSecond: 25 });
    await clock.advance(HOUR / 4);
    const past = stream.messages.slice(40, PAST);
    const live = prices(stream.messages.slice(PAST));
    // A price of a symbol in every half minute, as in the past: of 25 each second those of every thirtieth second.
    const sparse = live.filter((_, index) => Math.floor(index / 25) % 30 === 0);
    expect(changes(sparse)).toHaveLength(29 * 25);
    expect(spread(changes(sparse)) / spread(changes(past))).toBeGreaterThan(0.7);
    expect(spread(changes(sparse)) / spread(changes(past))).toBeLessThan(1.4);
  });

  it('hands over bodies that pass their schemas, numbered without a hole', async () => {
    const { clock, stream } = await start({});
    await clock.advance(60_000);
    for (const { subject, body } of stream.messages) {
      expect(Check(EVENT_BODIES[subject as EventFamily], JSON.parse(body))).toBe(true);
    }
    expect(stream.messages.map(({ seq }) => seq)).toEqual(stream.messages.map((_, index) => index + 1));
  });

  it('tells the same story again for the same seed and clock, and another for another seed', async () => {
    const story = async (seed: number) => {
      const { clock, stream } = await start({ seed });
      await clock.advance(30_000);
      return stream.messages;
    };
    const told = await story(7);
    expect(await story(7)).toEqual(told);
    expect(await story(8)).not.toEqual(told);
  });

  it.each([
    [12, 12],
    [1, 1],
    [2000, 2000],
    [9000, 5000],
  ])('makes prices at the rate asked for, 5,000 a second at most: %i', async (pricesPerSecond, made) => {
    const { clock, stream } = await start({ intake: await toldBefore(PAST), pricesPerSecond });
    await clock.advance(10_000);
    expect(prices(stream.messages).length).toBeGreaterThanOrEqual(10 * made - 1);
    expect(prices(stream.messages).length).toBeLessThanOrEqual(10 * made);
  });

  it('leaves out what another source gives the prices of, at the same rate, for as long as it does', async () => {
    let without = new Set(['AAPL', 'GOOGL', 'MSFT', 'TSLA', 'AMZN', 'NFLX']);
    const intake = await toldBefore(PAST);
    const { clock, stream } = await start({ intake, withoutPrices: () => without });
    await clock.advance(10_000);
    const made = prices(stream.messages).length;
    expect(made).toBeGreaterThanOrEqual(119);
    expect(symbols(stream.messages).size).toBe(19);
    expect([...symbols(stream.messages)].filter((symbol) => without.has(symbol))).toEqual([]);
    without = new Set();
    await clock.advance(10_000);
    expect(symbols(stream.messages.slice(made)).size).toBe(25);
  });

  it('makes no prices when all of them come from elsewhere', async () => {
    const all = new Set(DEMO_SYMBOLS.map(({ symbol }) => symbol));
    const { clock, stream } = await start({ intake: await toldBefore(PAST), withoutPrices: () => all });
    await clock.advance(60_000);
    expect(prices(stream.messages)).toEqual([]);
  });

  it('tells the past of every symbol, within the ranges that were edited', async () => {
    const ranges = [{ symbol: 'TSLA', low: 1, high: 2 }];
    const { stream } = await start({ withoutPrices: () => new Set(['TSLA']), ranges: () => ranges });
    const told = prices(stream.messages).map(
      ({ body }) => JSON.parse(body) as { symbol: string; price: number },
    );
    const ofTesla = told.filter(({ symbol }) => symbol === 'TSLA');
    expect(ofTesla).toHaveLength(240);
    expect(ofTesla.every(({ price }) => price >= 1 && price <= 2)).toBe(true);
  });

  it('lets a portfolio act every few seconds', async () => {
    const { clock, stream } = await start({ intake: await toldBefore(PAST), shared: [] });
    const filled = stream.messages.length;
    await clock.advance(30_000);
    expect(stream.messages.slice(filled).filter(({ subject }) => subject !== PRICE)).toHaveLength(10);
  });

  it('goes on where an earlier run ended, without a past', async () => {
    const shared = ['growth-one', 'value-one'];
    const { clock, stream } = await start({ intake: await toldBefore(PAST), shared, lastPrice: 150 });
    expect(stream.messages.map(({ subject }) => subject)).toEqual(Array(38).fill('portfolio.opted_in'));
    expect(stream.messages.every(({ body }) => !body.includes('occurred_at'))).toBe(true);
    await clock.advance(100);
    const [apple] = prices(stream.messages);
    const { symbol, price } = JSON.parse(apple!.body) as { symbol: string; price: number };
    expect(symbol).toBe('AAPL');
    expect(Math.abs(price - 150)).toBeLessThan(1.25);
  });

  it('tells the rest of a past that was cut short', async () => {
    const told = 40 + 100 * 25;
    const shared = (await start({})).stream.messages
      .slice(0, 40)
      .map(({ body }) => (JSON.parse(body) as { slug: string }).slug);
    const { stream } = await start({ intake: await toldBefore(told), shared });
    expect(stream.messages).toHaveLength(PAST - told);
    expect(times(stream.messages)[0]).toBe(NOON - 2 * HOUR + 100 * 30_000);
  });

  it('never makes more than there is room for, and loses no portfolio over it', async () => {
    const intake = new RecordingIntake(100);
    const stream = await intake.openStream({ name: 'demo', createdAt: 0 });
    stream.held = true;
    const { clock } = await start({ intake });
    await clock.advance(10_000);
    expect(stream.messages).toHaveLength(100);
    for (let round = 0; stream.messages.length < PAST + 500; round += 1) {
      stream.release();
      stream.held = true;
      await clock.advance(1000);
      expect(stream.room).toBeGreaterThanOrEqual(0);
      if (round > 1000) throw new Error('it does not go on');
    }
    const shared = new Set<string>();
    for (const { subject, body } of stream.messages) {
      if (subject === PRICE) continue;
      const { slug } = JSON.parse(body) as { slug: string };
      expect(shared.has(slug)).toBe(subject !== 'portfolio.opted_in');
      if (subject === 'portfolio.opted_out') shared.delete(slug);
      else shared.add(slug);
    }
    expect([39, 40]).toContain(shared.size);
  });

  it('does not make up for what it could not make for more than a second', async () => {
    const intake = await toldBefore(PAST);
    const stream = intake.of('demo');
    const { clock } = await start({ intake, pricesPerSecond: 10, shared: [] });
    stream.held = true;
    for (let seq = stream.offeredSeq; stream.room > 0; seq += 1)
      stream.offer('x', seq + 1, 0, new Uint8Array());
    await clock.advance(60_000);
    const before = stream.messages.length;
    stream.release();
    await clock.advance(50);
    expect(stream.messages.length - before).toBeLessThanOrEqual(11);
  });

  it('leaves nothing running when it is stopped', async () => {
    const { clock, source, stream } = await start({});
    await clock.advance(1000);
    const made = stream.messages.length;
    await source.stop();
    await source.stop();
    await clock.advance(60_000);
    expect(stream.messages).toHaveLength(made);
    expect(clock.pending).toBe(0);
    expect(stream.listeners).toBe(0);
  });

  it('is live from the beginning and names what it simulates', async () => {
    const { source } = await start({});
    expect(source.status).toEqual({
      state: 'live',
      since: NOON,
      detail: 'simulates 25 symbols',
      delivery: null,
    });
  });
});
