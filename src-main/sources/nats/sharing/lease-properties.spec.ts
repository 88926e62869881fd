import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../../lib/random.ts';
import { VirtualClock } from '../../../lib/virtual-clock.ts';
import { Lease } from './lease.ts';
import { leaseTimes } from './lease-times.ts';
import type { PollReadiness } from './price-sharing.ts';
import { FakeLeaseStore, type RequestFate } from './testing/fake-lease-store.ts';

const TIMES = leaseTimes(9000);
const INSTANCES = ['a', 'b', 'c'];

/** A network that delays, and loses answers, with a chance that differs from one run to the next. */
function network(random: Random, trouble: number): () => RequestFate {
  return () => ({
    there: random.next() < trouble ? random.int(0, 6000) : random.int(0, 5),
    back: random.next() < trouble ? random.int(0, 6000) : random.int(0, 5),
    answered: random.next() >= trouble / 2,
  });
}

/** Lets instances take steps for ever, now and then pausing for longer than a lease lasts. */
async function live(
  lease: Lease,
  clock: VirtualClock,
  random: Random,
  store: FakeLeaseStore,
  trouble: number,
) {
  const reached = store.over(network(random.fork('network'), trouble));
  let readiness: PollReadiness = 'ready';
  for (;;) {
    if (random.next() < 0.02) readiness = random.pick(['ready', 'ready', 'probing', 'unable']);
    const others = { count: 2, ready: random.next() < 0.5 };
    await lease.step(reached, TIMES, readiness, others).catch(() => undefined);
    if (random.next() < 0.01) await lease.release(reached).catch(() => undefined);
    await clock.sleep(random.next() < trouble / 10 ? random.int(0, 30_000) : random.int(750, 1250));
  }
}

describe('the lease', () => {
  it('is never held by two, whatever the network delays and loses and however long instances stall', async () => {
    let heldMoments = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.double({ min: 0, max: 0.5, noNaN: true }), async (seed, trouble) => {
        const clock = new VirtualClock();
        const random = seededRandom(seed);
        const store = new FakeLeaseStore(clock, TIMES.expiry);
        const leases = INSTANCES.map((holder) => new Lease({ holder, clock }));
        leases.forEach((lease, index) => {
          void live(lease, clock, random.fork(String(index)), store, trouble);
        });
        for (let moment = 0; moment < 1500; moment += 1) {
          await clock.advance(100);
          const held = leases.filter((lease) => lease.held).length;
          heldMoments += held;
          expect(held).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
    expect(heldMoments).toBeGreaterThan(1500 * 60 * 0.2);
  });

  it('is held again within 12 s of the death of its holder', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const clock = new VirtualClock();
        const random = seededRandom(seed);
        const store = new FakeLeaseStore(clock, TIMES.expiry);
        const dead = new Lease({ holder: 'dead', clock });
        await dead.step(store.over(), TIMES, 'ready', { count: 0, ready: false });
        const heir = new Lease({ holder: 'heir', clock });
        const end = clock.monotonic() + 12_000;
        while (clock.monotonic() < end && !heir.held) {
          await heir.step(store.over(), TIMES, 'ready', { count: 1, ready: false });
          await clock.advance(TIMES.look * (0.75 + random.next() / 2));
        }
        expect(heir.held).toBe(true);
      }),
    );
  });
});
