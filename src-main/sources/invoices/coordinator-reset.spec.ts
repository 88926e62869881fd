import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatorStage } from './testing/simulator-stage.ts';

let stage: SimulatorStage;
beforeEach(async () => {
  stage = await SimulatorStage.open();
  await stage.coordinator.start({});
  await stage.clock.advance(10_000);
  await stage.coordinator.stop();
});
afterEach(() => stage.end());

const status = () => stage.coordinator.status;

describe('a reset of the simulator', () => {
  it('begins a generation without a run, and says what could be brought back and until when', async () => {
    expect(await stage.coordinator.reset()).toMatchObject({
      state: 'idle',
      generation: 2,
      produced: 0,
      undo_count: 50,
      undo_until: '2026-11-21T12:00:40.000Z',
    });
    expect(stage.lastReset).toEqual({ from: 1, to: 2, at: stage.clock.now() });
  });

  it('can be taken back until 30 s have passed: what waited is shown on', async () => {
    await stage.coordinator.reset();
    await stage.clock.advance(29_999);
    expect(await stage.coordinator.undo()).toMatchObject({
      state: 'draining',
      generation: 1,
      produced: 50,
      shown: 20,
      undo_until: null,
    });
    await stage.clock.advance(15_000);
    expect(status()).toMatchObject({ state: 'finished', shown: 50 });
  });

  it('cannot be taken back after 30 s, and says so by itself', async () => {
    await stage.coordinator.reset();
    const before = stage.changes;
    await stage.clock.advance(30_000);
    expect(stage.changes).toBeGreaterThan(before);
    expect(status()).toMatchObject({ undo_until: null, undo_count: 0 });
    await expect(stage.coordinator.undo()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('cannot be taken back once another run has begun', async () => {
    await stage.coordinator.reset();
    await stage.coordinator.start({});
    expect(status()).toMatchObject({ run: 2, undo_until: null });
    await expect(stage.coordinator.undo()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('changes nothing when nothing is in view, so that the one before can still be taken back', async () => {
    await stage.coordinator.reset();
    expect(await stage.coordinator.reset()).toMatchObject({ state: 'idle', generation: 2, undo_count: 50 });
    expect(await stage.coordinator.undo()).toMatchObject({ state: 'draining', generation: 1 });
  });

  it('can be taken back after a restart', async () => {
    await stage.coordinator.reset();
    await stage.end();
    await stage.startAgain();
    expect(status()).toMatchObject({ state: 'idle', generation: 2, undo_count: 50 });
    expect(await stage.coordinator.undo()).toMatchObject({ state: 'draining', produced: 50, shown: 20 });
  });

  it('waits for what is being shown', async () => {
    const gate = Promise.withResolvers<undefined>();
    stage.showGate = gate.promise.then(() => undefined);
    await stage.clock.advance(500);
    const resetting = stage.coordinator.reset();
    await stage.clock.advance(100);
    expect([status().state, stage.generation]).toEqual(['draining', 1]);
    gate.resolve(undefined);
    await resetting;
    expect((await stage.coordinator.undo()).shown).toBe(21);
  });

  it('waits until everything produced is in the journal', async () => {
    const gate = Promise.withResolvers<undefined>();
    stage.stream.drained = () => gate.promise.then(() => undefined);
    const resetting = stage.coordinator.reset();
    await stage.clock.advance(100);
    expect(stage.generation).toBe(1);
    gate.resolve(undefined);
    await resetting;
    expect(stage.generation).toBe(2);
  });

  it('that cannot be stored is not made', async () => {
    stage.failures.reset = new Error('the disk is full');
    await expect(stage.coordinator.reset()).rejects.toThrow('the disk is full');
    expect(status()).toMatchObject({ state: 'draining', generation: 1, undo_until: null });
    await stage.clock.advance(20_000);
    expect(status().state).toBe('finished');
  });
});
