import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../lib/virtual-clock.ts';
import { Lease } from './lease.ts';
import { leaseTimes } from './lease-times.ts';
import type { PollReadiness } from './price-sharing.ts';
import { FakeLeaseStore, type RequestFate } from './testing/fake-lease-store.ts';

const TIMES = leaseTimes(9000);
const SILENCE: RequestFate = { there: 0, back: 0, answered: false };

let clock: VirtualClock;
let store: FakeLeaseStore;
beforeEach(() => {
  clock = new VirtualClock();
  store = new FakeLeaseStore(clock, TIMES.expiry);
});

/** One instance that takes a step whenever the test says so. */
class Instance {
  readonly lease: Lease;
  readiness: PollReadiness = 'ready';
  others = { count: 1, ready: false };
  fate: RequestFate = { there: 0, back: 0, answered: true };

  constructor(name: string) {
    this.lease = new Lease({ holder: name, clock });
  }

  step(): Promise<void> {
    return this.lease.step(
      store.over(() => this.fate),
      TIMES,
      this.readiness,
      this.others,
    );
  }

  release(): Promise<void> {
    return this.lease.release(store.over(() => this.fate));
  }

  /** Takes steps for this long. */
  async during(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 500) {
      await clock.advance(500);
      await this.step();
    }
  }
}

describe('a lease', () => {
  it('goes to the first who is ready; the others know who has it', async () => {
    const [first, second] = [new Instance('first'), new Instance('second')];
    expect(first.lease).toMatchObject({ held: false, holder: null });
    await first.step();
    await second.step();
    expect(first.lease).toMatchObject({ held: true, holder: 'first' });
    expect(second.lease).toMatchObject({ held: false, holder: 'first' });
  });

  it('stays where it is as long as it is renewed, at a third of its expiry', async () => {
    const [first, second] = [new Instance('first'), new Instance('second')];
    await first.step();
    store.requests = 0;
    await first.during(60_000);
    expect(store.requests).toBe(20);
    await second.step();
    expect(second.lease).toMatchObject({ held: false, holder: 'first' });
  });

  it('ends by the clock a ninth before the store forgets it when it cannot be renewed', async () => {
    const [first, second] = [new Instance('first'), new Instance('second')];
    await first.step();
    first.fate = SILENCE;
    await clock.advance(7999);
    expect(first.lease.held).toBe(true);
    await clock.advance(1);
    expect(first.lease.held).toBe(false);
    await clock.advance(999);
    await second.step();
    expect(second.lease.held).toBe(false);
    await clock.advance(1);
    await second.step();
    expect(second.lease.held).toBe(true);
  });

  it('counts from when a renewal was sent, however late its answer came', async () => {
    const first = new Instance('first');
    first.fate = { there: 0, back: 5000, answered: true };
    const step = first.step();
    // It is read until 5 s, and written at 5 s.
    await clock.advance(10_000);
    await step;
    await clock.advance(2999);
    expect(first.lease.held).toBe(true);
    await clock.advance(1);
    expect(first.lease.held).toBe(false);
  });

  it('ends with the wall clock after the machine slept, while the monotonic clock stood still', async () => {
    let wall = 0;
    const asleep = { now: () => wall, monotonic: () => 0, after: clock.after, every: clock.every };
    const lease = new Lease({ holder: 'first', clock: { ...asleep, sleep: () => Promise.resolve() } });
    await lease.step(store.over(), TIMES, 'ready', { count: 0, ready: false });
    wall = 7999;
    expect(lease.held).toBe(true);
    wall = 8000;
    expect(lease.held).toBe(false);
  });

  it('is found again when the answer to the renewal or to the first write was lost', async () => {
    const first = new Instance('first');
    // Read is answered, the write is not.
    let requests = 0;
    const flaky = store.over(() => ({ there: 0, back: 0, answered: (requests += 1) !== 2 }));
    const step = (): Promise<void> => first.lease.step(flaky, TIMES, 'ready', first.others);
    await expect(step()).rejects.toThrow('no answer');
    expect(first.lease.held).toBe(false);
    await step();
    expect(first.lease.held).toBe(true);
    await clock.advance(3000);
    first.fate = SILENCE;
    await expect(first.step()).rejects.toThrow('no answer');
    expect(first.lease.held).toBe(true);
    first.fate = { there: 0, back: 0, answered: true };
    await first.step();
    await clock.advance(7999);
    expect(first.lease.held).toBe(true);
  });

  it('is over when somebody else has it, or it was deleted, at the next renewal', async () => {
    const [first, second] = [new Instance('first'), new Instance('second')];
    await first.step();
    store.clear();
    await second.step();
    await clock.advance(3000);
    await first.step();
    expect(first.lease).toMatchObject({ held: false, holder: 'second' });
    store.clear();
    await second.step();
    expect(second.lease).toMatchObject({ held: false, holder: null });
  });

  it('is free for others as soon as it is given up, and nobody else can be robbed of it that way', async () => {
    const [first, second] = [new Instance('first'), new Instance('second')];
    await first.step();
    await first.release();
    expect(first.lease.held).toBe(false);
    await second.step();
    await first.release();
    expect(second.lease.held).toBe(true);
    expect(store.entry?.value).toBe('second');
  });
});

describe('who holds the lease and is not ready any more', () => {
  it.each(['probing', 'unable'] as const)('gives it up at once when it becomes %s', async (readiness) => {
    const [first, second] = [new Instance('first'), new Instance('second')];
    await first.step();
    first.readiness = readiness;
    await first.step();
    expect(first.lease.held).toBe(false);
    await second.step();
    expect(second.lease.held).toBe(true);
  });

  it('takes part again once it is ready', async () => {
    const first = new Instance('first');
    await first.step();
    first.readiness = 'probing';
    await first.step();
    first.readiness = 'ready';
    await first.step();
    expect(first.lease.held).toBe(true);
  });
});

describe('while nobody is ready', () => {
  it('one takes the lease to probe, after everybody who is ready had the time to', async () => {
    const first = new Instance('first');
    first.readiness = 'probing';
    await first.step();
    await first.during(2000);
    expect(first.lease.held).toBe(false);
    await first.during(500);
    expect(first.lease.held).toBe(true);
  });

  it('who could not poll at all never takes it', async () => {
    const first = new Instance('first');
    first.readiness = 'unable';
    await first.during(60_000);
    expect(first.lease.held).toBe(false);
  });

  it('who probes in vain lets others try after a while, and keeps it when there are none', async () => {
    const [first, second] = [new Instance('first'), new Instance('second')];
    first.readiness = 'probing';
    second.readiness = 'probing';
    await first.during(3000);
    const turns: string[] = [];
    for (let passed = 0; passed < 60_000; passed += 500) {
      await clock.advance(500);
      await first.step();
      await second.step();
      const holder = store.entry?.value;
      if (holder !== undefined && turns.at(-1) !== holder) turns.push(holder);
    }
    expect(turns.slice(0, 4)).toEqual(['first', 'second', 'first', 'second']);
    second.readiness = 'unable';
    await second.step();
    first.others = { count: 0, ready: false };
    await first.during(10_000);
    await first.during(30_000);
    expect(first.lease.held).toBe(true);
  });

  it('who probes gives it up at once when another is ready', async () => {
    const first = new Instance('first');
    first.readiness = 'probing';
    await first.during(3000);
    expect(first.lease.held).toBe(true);
    first.others = { count: 1, ready: true };
    await first.step();
    expect(first.lease.held).toBe(false);
  });

  it('a probe that closes the breaker keeps the lease', async () => {
    const first = new Instance('first');
    first.readiness = 'probing';
    await first.during(3000);
    first.readiness = 'ready';
    await first.during(30_000);
    expect(first.lease.held).toBe(true);
  });
});
