import { describe, expect, it, vi } from 'vitest';
import type { Candle, CandlePage } from '../../../../src-contract/ticker.ts';
import { barOf } from './bar.ts';
import { CandleWindow, MAX_BARS, type FetchCandles } from './candle-window.svelte.ts';

const MINUTE = 60_000;
const candle = (minute: number, close = minute): Candle => ({
  time: new Date(minute * MINUTE).toISOString(),
  open: 1,
  high: Math.max(1, close),
  low: 0,
  close,
  ticks: 1,
  source: 'demo',
});

const DEMO = { sources: ['demo'], currency: 'USD' };

/** A history with a candle for every minute before `now`. */
function history(minutes: number) {
  const state = { candles: Array.from({ length: minutes }, (_, minute) => candle(minute)), calls: 0 };
  const fetch: FetchCandles = ({ from, to, limit }) => {
    state.calls++;
    const within = state.candles.filter(({ time }) => {
      const at = Date.parse(time);
      return at >= (from ?? -Infinity) && at < (to ?? Infinity);
    });
    const page: CandlePage = {
      symbol: 'AAPL',
      interval: '1m',
      sources: ['demo'],
      currency: 'USD',
      items: within.slice(-limit),
      earlier: within.length > limit,
    };
    return Promise.resolve(page);
  };
  return { state, window: new CandleWindow(fetch), fetch };
}

const minutesOf = (window: CandleWindow) => window.bars.map(({ at }) => at / MINUTE);

describe('CandleWindow', () => {
  it('loads the newest page, then older ones, until the beginning', async () => {
    const { window } = history(1700);
    await window.load();
    expect([window.bars.length, window.end]).toEqual([500, null]);
    await window.loadEarlier();
    expect([window.bars.length, window.end]).toEqual([1500, null]);
    await window.loadEarlier();
    expect(minutesOf(window)).toEqual(Array.from({ length: 1700 }, (_, minute) => minute));
    expect(window.end).toBe('beginning');
  });

  it('loads an older page once, however often it is asked for meanwhile', async () => {
    const { window, state } = history(3000);
    await window.load();
    await Promise.all([window.loadEarlier(), window.loadEarlier(), window.loadEarlier()]);
    expect(state.calls).toBe(2);
    expect(window.bars).toHaveLength(1500);
  });

  it('stops at its limit and says so', async () => {
    const { window } = history(MAX_BARS + 5000);
    await window.load();
    for (let page = 0; page < 30; page++) await window.loadEarlier();
    expect(window.bars).toHaveLength(MAX_BARS);
    expect(window.end).toBe('full');
  });

  it('grows its last bar and appends with what is live', async () => {
    const { window } = history(10);
    await window.load();
    window.live([barOf(candle(9, 42)), barOf(candle(10, 43))], DEMO);
    expect(window.bars.slice(-2).map(({ close }) => close)).toEqual([42, 43]);
    expect(window.bars).toHaveLength(11);
  });

  it('takes what was live while it loaded', async () => {
    const { window } = history(10);
    const loading = window.load();
    window.live([barOf(candle(9)), barOf(candle(10, 43))], DEMO);
    await loading;
    expect(window.bars.at(-1)?.close).toBe(43);
  });

  it('holds the prices of one series: with another one it begins anew, and says what it held before', async () => {
    const pages = { ...DEMO };
    const { state, fetch } = history(1700);
    const window = new CandleWindow(async (period) => ({ ...(await fetch(period)), ...pages }));
    await window.load();
    await window.loadEarlier();
    const euros = { sources: ['nats'], currency: 'EUR' };
    state.candles = [candle(1698, 7), candle(1699, 8)];
    Object.assign(pages, euros);
    window.live([barOf(candle(1699, 9))], euros);
    await vi.waitFor(() => expect(window.series).toEqual(euros));
    expect(window.bars.map(({ close }) => close)).toEqual([7, 9]);
    expect([window.seriesBefore, window.currency, window.end]).toEqual([DEMO, 'EUR', 'beginning']);
  });

  it('never puts older candles of another series before those it holds', async () => {
    const pages = { ...DEMO };
    const { fetch } = history(1700);
    const window = new CandleWindow(async (period) => ({ ...(await fetch(period)), ...pages }));
    await window.load();
    pages.currency = 'EUR';
    await window.loadEarlier();
    expect([window.series?.currency, window.bars.length]).toEqual(['EUR', 1000]);
  });

  it('loads once more when the feed went over to another series while it loaded', async () => {
    const { state, window } = history(10);
    await window.load();
    const loading = window.load();
    window.live([], { sources: ['nats'], currency: 'USD' });
    await loading;
    expect(state.calls).toBe(3);
  });

  it('loads what lies between when what is live does not join what it holds', async () => {
    const { window, state } = history(10);
    await window.load();
    state.candles = Array.from({ length: 501 }, (_, minute) => candle(minute));
    window.live([barOf(candle(499)), barOf(candle(500, 42))], DEMO);
    expect(minutesOf(window).at(-1)).toBe(9);
    await Promise.resolve();
    await Promise.resolve();
    expect(minutesOf(window)).toEqual(Array.from({ length: 501 }, (_, minute) => minute));
    expect(window.bars.at(-1)?.close).toBe(42);
  });

  it('begins anew when so much was missed that the newest page does not join', async () => {
    const { window, state } = history(10);
    await window.load();
    state.candles = Array.from({ length: 5000 }, (_, minute) => candle(minute));
    await window.load();
    expect(minutesOf(window)[0]).toBe(4000);
    expect(window.end).toBeNull();
  });

  it('keeps the older pages over a load that joins', async () => {
    const { window, state } = history(1700);
    await window.load();
    await window.loadEarlier();
    await window.loadEarlier();
    state.candles.push(candle(1700));
    await window.load();
    expect(window.bars).toHaveLength(1701);
    expect(window.end).toBe('beginning');
  });

  it('loads a revised range again in place', async () => {
    const { window, state } = history(100);
    await window.load();
    const before = window.bars[10];
    state.candles = state.candles.map((one, minute) => (minute === 90 ? candle(90, 7) : one));
    await window.revise(90 * MINUTE);
    expect(window.bars[90]?.close).toBe(7);
    expect(window.bars[10]).toBe(before);
  });

  it('loads all the same when a revision comes meanwhile', async () => {
    const { window } = history(100);
    await Promise.all([window.load(), window.revise(90 * MINUTE)]);
    expect([window.state, window.bars.length]).toEqual(['ready', 100]);
  });

  it('takes a revision that comes while it loads after what it loads, which may be older', async () => {
    const { state, fetch } = history(100);
    const answers: (() => void)[] = [];
    const window = new CandleWindow(async (period) => {
      const page = await fetch(period);
      await new Promise<void>((resolve) => answers.push(resolve));
      return page;
    });
    const loading = window.load();
    state.candles = state.candles.map((one, minute) => (minute === 90 ? candle(90, 7) : one));
    const revising = window.revise(90 * MINUTE);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    answers[0]?.();
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.();
    await Promise.all([loading, revising]);
    expect(window.bars[90]?.close).toBe(7);
  });

  it('takes every revision when several come at once', async () => {
    const { window, state } = history(100);
    await window.load();
    state.candles = state.candles.map((one, minute) => (minute % 40 === 10 ? candle(minute, 7) : one));
    await Promise.all([window.revise(10 * MINUTE), window.revise(90 * MINUTE)]);
    expect([window.bars[10]?.close, window.bars[50]?.close, window.bars[90]?.close]).toEqual([7, 7, 7]);
  });

  it('asks once for what lies between, however often it is told of more meanwhile', async () => {
    const { window, state } = history(10);
    await window.load();
    state.candles = Array.from({ length: 501 }, (_, minute) => candle(minute));
    for (const close of [42, 43, 44]) window.live([barOf(candle(499)), barOf(candle(500, close))], DEMO);
    await vi.waitFor(() => expect(window.bars).toHaveLength(501));
    expect([state.calls, window.bars.at(-1)?.close]).toEqual([2, 44]);
  });

  it('says why it could not load, and keeps what it has', async () => {
    let refuse = true;
    const { fetch } = history(10);
    const window = new CandleWindow((period) =>
      refuse ? Promise.reject(new Error('the database does not answer')) : fetch(period),
    );
    await window.load();
    expect([window.state, window.failure]).toEqual(['failed', 'the database does not answer']);
    refuse = false;
    await window.load();
    expect([window.state, window.failure]).toEqual(['ready', '']);
    refuse = true;
    await window.load();
    expect([window.state, window.bars.length]).toEqual(['ready', 10]);
  });
});
