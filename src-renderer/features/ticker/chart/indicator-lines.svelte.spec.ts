import { describe, expect, it } from 'vitest';
import { computeIndicator } from '../indicators/compute-indicator.ts';
import { USUAL_CHOICES } from '../indicators/indicator-choice.ts';
import type { IndicatorPort } from '../indicators/indicator-desk.ts';
import type { IndicatorAnswer } from '../indicators/indicator-messages.ts';
import type { Bar } from '../candles/bar.ts';
import { IndicatorLines } from './indicator-lines.svelte.ts';

const bars = (...closes: number[]): Bar[] =>
  closes.map((close, at) => ({ at, open: close, high: close, low: close, close, ticks: 1, source: 'demo' }));
const SMA = [{ kind: 'sma', period: 2 }] as const;

function lines() {
  const state = { orders: 0, workers: 0, ended: 0, isGone: false, waiting: [] as (() => void)[] };
  const worker = (): IndicatorPort => {
    state.workers++;
    let answer: (event: { data: IndicatorAnswer }) => void = () => undefined;
    let fail: () => void = () => undefined;
    return {
      postMessage: ({ id, closes, choices }) => {
        state.orders++;
        if (state.isGone) fail();
        else answer({ data: { id, lines: choices.map((choice) => computeIndicator(choice, closes)) } });
      },
      addEventListener: (type: 'message' | 'error', listener: typeof answer & typeof fail) => {
        if (type === 'message') answer = listener;
        else fail = listener;
      },
      terminate: () => state.ended++,
    };
  };
  const after = (_milliseconds: number, then: () => void) => {
    state.waiting.push(then);
    return () => {
      state.waiting = state.waiting.filter((other) => other !== then);
    };
  };
  const pause = () => state.waiting.splice(0).forEach((then) => then());
  return { state, pause, made: new IndicatorLines({ worker, after }) };
}

describe('IndicatorLines', () => {
  it('starts no worker while nothing is chosen', () => {
    const { state, made } = lines();
    made.want(bars(1, 2, 3), []);
    expect([state.workers, made.drawn]).toEqual([0, []]);
  });

  it('computes what is chosen, for the bars it was asked for', () => {
    const { made } = lines();
    const given = bars(1, 3, 5);
    made.want(given, SMA);
    expect(made.drawn[0]?.bars).toBe(given);
    expect([...(made.drawn[0]?.lines[0] ?? [])]).toEqual([NaN, 2, 4]);
  });

  it('follows moving bars once per pause, with the newest', () => {
    const { state, pause, made } = lines();
    for (const close of [5, 6, 7, 9]) made.want(bars(1, 3, close), SMA);
    expect(state.orders).toBe(1);
    pause();
    expect(state.orders).toBe(2);
    expect(made.drawn[0]?.lines[0]?.[2]).toBe(6);
    pause();
    expect(state.orders).toBe(2);
  });

  it('takes another choice at once', () => {
    const { state, made } = lines();
    made.want(bars(1, 3, 5), SMA);
    made.want(bars(1, 3, 5), [USUAL_CHOICES.ema]);
    expect(state.orders).toBe(2);
    expect(made.drawn.map(({ choice }) => choice.kind)).toEqual(['ema']);
  });

  it('starts a worker that failed anew after a pause, with the newest bars, and says so until it answers', () => {
    const { state, pause, made } = lines();
    state.isGone = true;
    made.want(bars(1, 3, 5), SMA);
    expect([made.failed, made.drawn, state.ended]).toEqual([true, [], 1]);
    pause();
    expect([made.failed, state.workers]).toEqual([true, 2]);
    made.want(bars(1, 3, 9), SMA);
    expect(state.workers).toBe(2);
    state.isGone = false;
    pause();
    expect([made.failed, state.workers]).toEqual([false, 3]);
    expect([...(made.drawn[0]?.lines[0] ?? [])]).toEqual([NaN, 2, 6]);
  });

  it('does not start a failed worker anew when nothing is chosen any more', () => {
    const { state, pause, made } = lines();
    state.isGone = true;
    made.want(bars(1, 3, 5), SMA);
    made.want(bars(1, 3, 5), []);
    pause();
    expect([made.failed, state.workers, state.waiting]).toEqual([false, 1, []]);
  });

  it('draws none any more when none is chosen, and ends its worker', () => {
    const { state, made } = lines();
    made.want(bars(1, 3, 5), SMA);
    made.want(bars(1, 3, 5), []);
    expect([made.drawn, state.waiting]).toEqual([[], []]);
    made.stop();
    expect(state.ended).toBe(1);
  });
});
