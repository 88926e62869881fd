import { describe, expect, it } from 'vitest';
import type { IndicatorAnswer, IndicatorRequest } from './indicator-messages.ts';
import { IndicatorDesk, type IndicatorPort } from './indicator-desk.ts';

class HeldWorker implements IndicatorPort {
  readonly requests: IndicatorRequest[] = [];
  ended = false;
  #listener: (event: { data: IndicatorAnswer }) => void = () => undefined;

  postMessage(request: IndicatorRequest): void {
    this.requests.push(request);
  }
  addEventListener(type: 'message' | 'error', listener: (event: { data: IndicatorAnswer }) => void): void {
    if (type === 'message') this.#listener = listener;
  }
  terminate(): void {
    this.ended = true;
  }
  /** Answers a request with its own prices as the only line. */
  answer(index: number): void {
    const request = this.requests[index];
    if (request !== undefined) this.#listener({ data: { id: request.id, lines: [[request.closes]] } });
  }
}

function desk() {
  const worker = new HeldWorker();
  const told: number[] = [];
  const indicators = new IndicatorDesk(worker, () => undefined);
  const order = (close: number) =>
    indicators.order({
      closes: Float64Array.of(close),
      choices: [{ kind: 'sma', period: 2 }],
      done: ([lines]) => told.push(lines?.[0]?.[0] ?? NaN),
    });
  return { worker, told, indicators, order };
}

describe('IndicatorDesk', () => {
  it('has one order with the worker and keeps only the newest of those that come meanwhile', () => {
    const { worker, told, order } = desk();
    for (const close of [1, 2, 3]) order(close);
    expect(worker.requests).toHaveLength(1);
    worker.answer(0);
    worker.answer(1);
    expect(worker.requests).toHaveLength(2);
    expect(told).toEqual([1, 3]);
  });

  it('tells nobody of what was cancelled, and works on', () => {
    const { worker, told, indicators, order } = desk();
    order(1);
    order(2);
    indicators.cancel();
    worker.answer(0);
    order(3);
    worker.answer(1);
    expect(told).toEqual([3]);
  });

  it('ignores an answer that was given before', () => {
    const { worker, told, order } = desk();
    order(1);
    worker.answer(0);
    worker.answer(0);
    expect(told).toEqual([1]);
  });

  it('ends its worker', () => {
    const { worker, indicators } = desk();
    indicators.stop();
    expect(worker.ended).toBe(true);
  });
});
