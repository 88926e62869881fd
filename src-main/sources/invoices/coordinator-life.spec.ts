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
});

const status = () => stage.coordinator.status;
const service = (id: string) => stage.services.get(id);

describe('a simulator whose environment is not active', () => {
  it('stands still, says so, and goes on in the same phase', async () => {
    await stage.coordinator.start({});
    await stage.clock.advance(10_100);
    await stage.coordinator.setActive(false);
    expect(status().note).toContain('paused: demo is not the active environment');
    await stage.clock.advance(3_600_000);
    expect(status()).toMatchObject({ state: 'running', produced: 50, shown: 20 });
    await stage.coordinator.setActive(true);
    await stage.clock.advance(99);
    expect(status().produced).toBe(50);
    await stage.clock.advance(1);
    expect(status()).toMatchObject({ produced: 51, note: null });
    await stage.clock.advance(739_800);
    expect(status()).toMatchObject({ state: 'finished', shown: 1500 });
  });

  it('refuses every command', async () => {
    await stage.coordinator.setActive(false);
    const { coordinator } = stage;
    for (const refused of [
      coordinator.start({}),
      coordinator.stop(),
      coordinator.reset(),
      coordinator.undo(),
      coordinator.rates({}),
    ])
      await expect(refused).rejects.toMatchObject({
        code: 'conflict',
        message: 'the invoice simulator runs in demo; switch to it first',
      });
  });
});

describe('a simulator whose process ended during a run', () => {
  it('goes on where it was and says so, until the next command', async () => {
    await stage.coordinator.start({});
    await stage.clock.advance(162_400);
    await stage.end();
    await stage.clock.advance(28_000);
    await stage.startAgain();
    expect(status()).toMatchObject({ state: 'running', run: 1, produced: 812, shown: 324 });
    expect(status().note).toBe('gone on after a restart at 12:03:10 UTC, 812 of 1,500 produced');
    await stage.clock.advance(750_000);
    expect(status()).toMatchObject({ state: 'finished', produced: 1500, shown: 1500, note: null });
    expect(new Set(stage.journal.map(({ number }) => number)).size).toBe(1500);
  });

  it('says nothing of a restart where only its environment was opened again', async () => {
    await stage.coordinator.start({});
    await stage.clock.advance(10_000);
    await stage.end();
    await stage.startAgain(true, false);
    expect(status()).toMatchObject({ state: 'running', produced: 50, note: null });
  });

  it('drains when it had produced all, though its record did not say so yet', async () => {
    await stage.coordinator.start({ rate_per_s: 10, duration_s: 1 });
    stage.failures.save = new Error('the disk is full');
    await stage.clock.advance(1000);
    await stage.end();
    expect(stage.records.get(1)?.state).toBe('running');
    stage.failures = {};
    await stage.startAgain();
    expect(status()).toMatchObject({ state: 'draining', produced: 10 });
    expect(stage.records.get(1)?.state).toBe('draining');
    await stage.clock.advance(5000);
    expect(stage.records.get(1)).toMatchObject({ state: 'finished', endedAt: stage.clock.now() - 1000 });
  });

  it('counts the next run on from the last', async () => {
    await stage.coordinator.start({ duration_s: 1 });
    await stage.clock.advance(10_000);
    await stage.end();
    await stage.startAgain();
    expect(await stage.coordinator.start({})).toMatchObject({ state: 'running', run: 2, produced: 0 });
  });
});

describe('a simulator in trouble', () => {
  it('restarts a producer that throws, alone, and makes up for what was due', async () => {
    const { make } = stage;
    let throws = true;
    stage.make = (n, of) => {
      if (n === 10 && throws) {
        throws = false;
        throw new Error('no more companies');
      }
      return make(n, of);
    };
    await stage.coordinator.start({});
    await stage.clock.advance(2000);
    expect(service(PRODUCER)?.lastError?.message).toBe('no more companies');
    await stage.clock.advance(8000);
    expect(service(PRODUCER)).toMatchObject({ state: 'running', restarts: 1 });
    expect(service(DISPLAY)).toMatchObject({ state: 'running', restarts: 0 });
    expect(status()).toMatchObject({ produced: 50, shown: 20 });
    expect(stage.journal).toHaveLength(50);
  });

  it('counts what a slice had offered before it threw', async () => {
    const { make } = stage;
    stage.make = (n, of) => {
      if (n === 30) throw new Error('no more companies');
      return make(n, of);
    };
    await stage.coordinator.start({ rate_per_s: 1000 });
    await stage.clock.advance(60);
    expect(status().produced).toBe(29);
    expect(stage.journal).toHaveLength(29);
  });

  it('says when a service was given up, and starts it anew with the next run', async () => {
    const { make } = stage;
    stage.make = () => {
      throw new Error('no more companies');
    };
    await stage.coordinator.start({});
    await stage.clock.advance(30_000);
    expect(service(PRODUCER)?.state).toBe('failed');
    expect(status().note).toBe('Invoice producer failed too often and was given up: restart it in System');
    stage.make = make;
    await stage.coordinator.stop();
    await stage.coordinator.start({});
    await stage.clock.advance(1000);
    expect(status()).toMatchObject({ produced: 5, note: null });
  });

  it('restarts a display whose store fails, and shows every invoice once', async () => {
    await stage.coordinator.start({ duration_s: 2 });
    stage.failures.show = new Error('the disk is full');
    await stage.clock.advance(1000);
    expect(service(DISPLAY)?.lastError?.message).toBe('the disk is full');
    stage.failures = {};
    await stage.clock.advance(30_000);
    expect(service(PRODUCER)).toBeUndefined();
    expect(status()).toMatchObject({ state: 'finished', produced: 10, shown: 10 });
  });

  it('refuses a command that cannot be stored, and goes on as before', async () => {
    await stage.coordinator.start({});
    await stage.clock.advance(1000);
    stage.failures.save = new Error('the disk is full');
    await expect(stage.coordinator.stop()).rejects.toThrow('the disk is full');
    await stage.clock.advance(1000);
    expect(status()).toMatchObject({ state: 'running', produced: 10 });
  });

  it('produces and shows nothing while a command is being stored, and makes up for it', async () => {
    await stage.coordinator.start({});
    await stage.clock.advance(1000);
    const gate = Promise.withResolvers<undefined>();
    stage.saveGate = gate.promise.then(() => undefined);
    const changing = stage.coordinator.rates({ display_rate_per_s: 4 });
    await stage.clock.advance(2000);
    expect(status()).toMatchObject({ produced: 5, shown: 2 });
    gate.resolve(undefined);
    await changing;
    await stage.clock.advance(2000);
    expect(status()).toMatchObject({ produced: 25 });
  });

  it('stores an end that came by itself as soon as it can, and shows nothing more meanwhile', async () => {
    const gate = Promise.withResolvers<undefined>();
    await stage.coordinator.start({ duration_s: 1 });
    stage.saveGate = gate.promise.then(() => undefined);
    await stage.clock.advance(10_000);
    expect(status()).toMatchObject({ state: 'finished', shown: 5 });
    expect(service(DISPLAY)).toMatchObject({ state: 'running', restarts: 0, lastError: null });
    gate.resolve(undefined);
    await stage.clock.advance(1);
    expect(stage.records.get(1)?.state).toBe('finished');
  });

  it('tries a state again that could not be stored', async () => {
    await stage.coordinator.start({ duration_s: 1 });
    stage.failures.save = new Error('the disk is full');
    await stage.clock.advance(10_000);
    expect([status().state, stage.records.get(1)?.state]).toEqual(['finished', 'running']);
    stage.failures = {};
    await stage.clock.advance(1000);
    expect(stage.records.get(1)?.state).toBe('finished');
  });

  it('makes nothing while the intake has no room, and then at most double the rate', async () => {
    await stage.end();
    stage = await SimulatorStage.open({ room: 100 });
    await stage.coordinator.start({ rate_per_s: 500, duration_s: 4 });
    stage.stream.held = true;
    await stage.clock.advance(1000);
    expect([status().produced, stage.stream.room]).toEqual([100, 0]);
    stage.stream.release();
    const before = status().produced;
    await stage.clock.advance(500);
    expect(status().produced - before).toBeGreaterThan(400);
    expect(status().produced - before).toBeLessThanOrEqual(550);
    await stage.clock.advance(2500);
    expect(status()).toMatchObject({ state: 'draining', produced: 2000 });
  });
});
