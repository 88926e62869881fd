import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DISPLAY, PRODUCER } from './run-services.ts';
import { SimulatorStage } from './testing/simulator-stage.ts';

let stage: SimulatorStage;
beforeEach(async () => {
  stage = await SimulatorStage.open();
});
afterEach(async () => {
  await stage.end();
  expect(stage.clock.pending).toBe(0);
  expect(stage.stream.listeners).toBe(0);
});

const status = () => stage.coordinator.status;
const states = () => Object.fromEntries(stage.services.states().map(({ id, state }) => [id, state]));
const conflict = (words: string) => ({ code: 'conflict', message: expect.stringContaining(words) });

describe('the invoice simulator', () => {
  it('produces 1,500 by 5:00.0 and has shown all at 12:30.0; produced is shown and waiting at every tick', async () => {
    await stage.coordinator.start({});
    const seen: Record<number, object> = {};
    for (let at = 100; at <= 750_000; at += 100) {
      await stage.clock.advance(100);
      const { state, produced, shown, waiting } = status();
      expect(produced).toBe(shown + waiting);
      expect(produced).toBe(Math.min(1500, Math.floor(at / 200)));
      expect(shown).toBe(Math.floor(at / 500));
      seen[at] = { state, produced, shown };
    }
    expect(seen[200]).toEqual({ state: 'running', produced: 1, shown: 0 });
    expect(seen[500]).toEqual({ state: 'running', produced: 2, shown: 1 });
    expect(seen[299_900]).toEqual({ state: 'running', produced: 1499, shown: 599 });
    expect(seen[300_000]).toEqual({ state: 'draining', produced: 1500, shown: 600 });
    expect(seen[749_900]).toEqual({ state: 'draining', produced: 1500, shown: 1499 });
    expect(seen[750_000]).toEqual({ state: 'finished', produced: 1500, shown: 1500 });
  });

  it('produces 5,000 per second to the last one', async () => {
    await stage.coordinator.start({ rate_per_s: 5000, display_rate_per_s: 2500, duration_s: 3 });
    await stage.clock.advance(3000);
    expect(status()).toMatchObject({ state: 'draining', produced: 15_000, produced_per_s: 5000 });
    expect(status()).toMatchObject({ shown: 7500, shown_per_s: 2500 });
    await stage.clock.advance(3000);
    expect(status()).toMatchObject({ state: 'finished', shown: 15_000 });
  });

  it('tells figures that a run starts with, before the first', () => {
    expect(status()).toMatchObject({
      state: 'idle',
      run: null,
      planned: 1500,
      rate_per_s: 5,
      display_rate_per_s: 2,
      duration_s: 300,
      started_at: null,
      note: null,
    });
  });

  it('runs producer and display as services while there is something for them to do', async () => {
    expect(states()).toEqual({ 'invoice-coordinator': 'running' });
    await stage.coordinator.start({});
    expect(states()).toMatchObject({ [PRODUCER]: 'running', [DISPLAY]: 'running' });
    await stage.clock.advance(10_000);
    await stage.coordinator.stop();
    expect(states()).toEqual({ 'invoice-coordinator': 'running', [DISPLAY]: 'running' });
    await stage.clock.advance(60_000);
    expect(states()).toEqual({ 'invoice-coordinator': 'running' });
  });

  it('has finished at once when it is stopped with nothing waiting, however slow its display is', async () => {
    await stage.coordinator.start({ rate_per_s: 0.5, display_rate_per_s: 0.1 });
    await stage.clock.advance(1000);
    expect((await stage.coordinator.stop()).state).toBe('draining');
    await stage.clock.advance(0);
    expect(status()).toMatchObject({ state: 'finished', produced: 0, waiting: 0 });
    expect(stage.records.get(1)).toMatchObject({ state: 'finished', endedAt: stage.clock.now() });
    expect(states()).toEqual({ 'invoice-coordinator': 'running' });
  });

  it('answers why it refuses a command', async () => {
    const { coordinator } = stage;
    await expect(coordinator.stop()).rejects.toMatchObject(conflict('no run is under way'));
    await coordinator.start({});
    await expect(coordinator.start({})).rejects.toMatchObject(conflict('stop it first'));
    await expect(coordinator.reset()).rejects.toMatchObject(conflict('stop it before'));
    await expect(coordinator.undo()).rejects.toMatchObject(conflict('30 s'));
    await expect(coordinator.rates({ rate_per_s: 5000, duration_s: 86_400 })).rejects.toMatchObject({
      code: 'invalid_argument',
      message: expect.stringContaining('at most 10,000,000 invoices'),
    });
  });

  it('carries out commands one after the other, and at most 16 at a time', async () => {
    const { coordinator } = stage;
    const [, ...refused] = Array.from({ length: 20 }, () => coordinator.start({}));
    const outcomes = await Promise.allSettled([...refused]);
    const codes = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'done',
    );
    expect(codes).toEqual([
      ...Array.from({ length: 15 }, () => 'conflict'),
      ...Array.from({ length: 4 }, () => 'too_many'),
    ]);
    expect(status().run).toBe(1);
  });

  it('numbers invoices without a gap over stops, resets and runs', async () => {
    const { coordinator, clock } = stage;
    for (let run = 1; run <= 3; run += 1) {
      await coordinator.start({});
      await clock.advance(1000);
      await coordinator.stop();
      await coordinator.reset();
    }
    expect(stage.journal.map(({ number }) => number)).toEqual(
      Array.from({ length: 15 }, (_, index) => `PD-${String(index + 1).padStart(8, '0')}`),
    );
    expect(stage.journal.map(({ run, generation }) => [run, generation])).toEqual(
      [1, 2, 3].flatMap((run) => Array.from({ length: 5 }, () => [run, run])),
    );
  });

  it('measures its rates over the last seconds, and tells when they have gone', async () => {
    await stage.coordinator.start({ rate_per_s: 10, duration_s: 20 });
    await stage.clock.advance(10_000);
    expect(status().produced_per_s).toBeCloseTo(10, 0);
    expect(status().shown_per_s).toBeCloseTo(2, 0);
    await stage.clock.advance(200_000);
    const before = stage.changes;
    await stage.clock.advance(60_000);
    expect([status().produced_per_s, status().shown_per_s, stage.changes]).toEqual([0, 0, before]);
  });

  it('gives its VAT to new runs', async () => {
    stage.vatBasisPoints = 750;
    await stage.coordinator.start({});
    stage.vatBasisPoints = 1900;
    await stage.coordinator.rates({ rate_per_s: 6 });
    expect(stage.records.get(1)).toMatchObject({ vatBasisPoints: 750, ratePerS: 6, seed: 7 });
  });
});
