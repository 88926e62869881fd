import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Committed, EventBatch, JournalEvent } from '../../src-contract/journal.ts';
import { DEFAULT_SETTINGS } from '../../src-contract/settings.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { LedgerCount } from './ledger-count.ts';
import { PipelineStages } from './stages/pipeline-stages.ts';
import { MAX_WAITING_BYTES, StreamEntrance } from './stream-entrance.ts';

const GOOD = Buffer.from('{"symbol":"AAPL","price":1}');
const BAD = Buffer.from('{"symbol":"AAPL"}');
const LIMITS = { batchEvents: 4, lingerMs: 5, waiting: 12 };

/** A store that commits when the test says so. */
class Harness {
  readonly clock = new VirtualClock(1_000_000);
  readonly ledger = new LedgerCount();
  readonly batches: EventBatch[] = [];
  readonly seen: number[] = [];
  readonly failures: (string | null)[] = [];
  readonly gaps: unknown[] = [];
  readonly passed: number[] = [];
  readonly #pending: { resolve(value: Committed): void; reject(error: Error): void; batch: EventBatch }[] =
    [];
  readonly entrance: StreamEntrance;

  constructor(storedSeq = 0) {
    this.entrance = new StreamEntrance({
      record: {
        env: 'dev',
        source: 'nats',
        name: 'S',
        createdAt: 0,
        incarnation: 1,
        storedSeq,
        active: true,
        gaps: [],
      },
      clock: this.clock,
      limits: LIMITS,
      stages: new PipelineStages({ clock: this.clock, demands: DEFAULT_SETTINGS.pipeline, ...LIMITS }),
      onLatency: () => undefined,
      baseCurrency: () => 'USD',
      ledger: this.ledger,
      commit: (batch) =>
        new Promise((resolve, reject) => {
          this.#pending.push({ resolve, reject, batch });
        }),
      onCommitted: (_committed: Committed, events: JournalEvent[]) => {
        this.seen.push(...events.map(({ id }) => id % 2 ** 40));
      },
      onFailure: (error) => this.failures.push(error?.message ?? null),
      retryDelay: () => 100,
      observe: () => undefined,
      gap: (gap) => this.gaps.push(gap),
      passOver: (lastSeq) => this.passed.push(lastSeq),
    });
  }

  get committing(): number {
    return this.#pending.length;
  }

  async commit(repeated: number[] | null = null): Promise<void> {
    const next = this.#pending.shift();
    if (next === undefined) throw new Error('nothing is being committed');
    this.batches.push(next.batch);
    next.resolve({ batch: this.batches.length, repeated, repeatedRejects: 0, movedRejects: 0 });
    await this.clock.advance(0);
  }

  async refuse(message: string): Promise<void> {
    this.#pending.shift()?.reject(new Error(message));
    await this.clock.advance(0);
  }

  offer(...seqs: number[]): void {
    for (const seq of seqs) this.entrance.offer('stock.price_updated', seq, 5, GOOD);
  }
}

describe('an entrance', () => {
  it('closes a batch when it is full', () => {
    const harness = new Harness();
    harness.offer(1, 2, 3);
    expect(harness.committing).toBe(0);
    harness.offer(4);
    expect(harness.committing).toBe(1);
  });

  it('closes a batch when its first message has waited for the linger', async () => {
    const harness = new Harness();
    harness.offer(1);
    await harness.clock.advance(4);
    expect(harness.committing).toBe(0);
    await harness.clock.advance(1);
    expect(harness.committing).toBe(1);
  });

  it('lets a batch grow while another is being committed, and keeps when each message came', async () => {
    const harness = new Harness();
    harness.offer(1, 2, 3, 4, 5);
    await harness.clock.advance(50);
    harness.offer(6);
    expect(harness.committing).toBe(1);
    await harness.commit();
    expect(harness.committing).toBe(1);
    await harness.commit();
    expect(harness.batches.map(({ count }) => count)).toEqual([4, 2]);
    expect([...(harness.batches[1]?.receivedAt ?? [])]).toEqual([1_000_000, 1_000_050]);
  });

  it('tells room as messages are offered and committed', async () => {
    const harness = new Harness();
    let calls = 0;
    harness.entrance.onRoom(() => calls++);
    harness.offer(...Array.from({ length: 12 }, (_, index) => index + 1));
    expect(harness.entrance.room).toBe(0);
    await harness.commit();
    expect(harness.entrance.room).toBe(4);
    expect(calls).toBe(0);
    await harness.commit();
    expect(harness.entrance.room).toBe(8);
    expect(calls).toBe(1);
  });

  it('has no room for a byte more than its limit of bytes, however few messages they are', async () => {
    const harness = new Harness();
    const large = Buffer.alloc(MAX_WAITING_BYTES / 2, 32);
    harness.entrance.offer('stock.price_updated', 1, 5, large);
    expect(harness.entrance.room).toBe(11);
    harness.entrance.offer('stock.price_updated', 2, 5, large);
    expect(harness.entrance.room).toBe(0);
    await harness.clock.advance(5);
    await harness.commit();
    expect(harness.entrance.room).toBe(12);
  });

  it('throws when twice its limit is offered', () => {
    const harness = new Harness();
    const seqs = Array.from({ length: 24 }, (_, index) => index + 1);
    harness.offer(...seqs);
    expect(() => harness.offer(25)).toThrow('twice the 12');
  });

  it('tries a refused batch again before the next, so that the offset never jumps', async () => {
    const harness = new Harness();
    harness.offer(1, 2, 3, 4, 5, 6, 7, 8);
    await harness.refuse('disk full');
    await harness.refuse('the batch follows one that is not stored');
    expect(harness.entrance.storedSeq).toBe(0);
    await harness.clock.advance(100);
    await harness.commit();
    await harness.commit();
    expect(harness.failures).toEqual(['disk full', null]);
    expect(harness.batches.map(({ lastSeq }) => lastSeq)).toEqual([4, 8]);
    expect(harness.seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('counts a sequence that was offered before as repeated', () => {
    const harness = new Harness(10);
    harness.offer(9, 10, 11, 11);
    expect(harness.ledger.read()).toMatchObject({ received: 4, repeated: 3, waiting: 1 });
  });

  it('keeps from the projections what the store had already', async () => {
    const harness = new Harness();
    harness.offer(1, 2, 3, 4);
    await harness.commit([0, 2]);
    expect(harness.seen).toEqual([2, 4]);
    expect(harness.ledger.read()).toMatchObject({ received: 4, stored: 2, repeated: 2, waiting: 0 });
  });

  it('sends rejects and unknown subjects with the batch, and moves the offset over them', async () => {
    const harness = new Harness();
    harness.entrance.offer('stock.price_updated', 1, 5, BAD);
    harness.entrance.offer('weather.changed', 2, 5, GOOD);
    harness.entrance.offer('weather.changed', 3, 5, GOOD);
    await harness.clock.advance(5);
    await harness.commit();
    const [batch] = harness.batches;
    expect(batch).toMatchObject({ count: 0, lastSeq: 3, others: [{ subject: 'weather.changed', count: 2 }] });
    expect(batch?.rejects[0]).toMatchObject({ seq: 1, reason: '/price is missing', bytes: BAD.length });
    expect(harness.ledger.read()).toMatchObject({ received: 1, rejected: 1, other: 2, waiting: 0 });
  });

  it('records a gap only behind everything offered before it', async () => {
    const harness = new Harness();
    harness.offer(1, 2);
    harness.entrance.gap(3, 9, 'aged out');
    expect(harness.gaps).toEqual([]);
    await harness.commit();
    expect(harness.gaps).toEqual([{ firstSeq: 3, lastSeq: 9, reason: 'aged out' }]);
    expect(harness.entrance.offeredSeq).toBe(9);
    expect(harness.entrance.storedSeq).toBe(9);
  });

  it('passes over what came another way only behind everything offered before it, and is no gap then', async () => {
    const harness = new Harness();
    harness.offer(1, 2);
    harness.entrance.passOver(9);
    expect([harness.passed, harness.entrance.storedSeq]).toEqual([[], 0]);
    await harness.commit();
    expect([harness.passed, harness.gaps]).toEqual([[9], []]);
    expect([harness.entrance.offeredSeq, harness.entrance.storedSeq]).toEqual([9, 9]);
  });

  it('confirms what came back: it waits for its commit, is counted as repeated and becomes no event', async () => {
    const harness = new Harness();
    harness.offer(1);
    harness.entrance.confirm('stock.price_updated', 2);
    harness.entrance.confirm('stock.price_updated', 2);
    harness.entrance.confirm('what.ever', 3);
    expect(harness.ledger.read()).toMatchObject({ received: 3, repeated: 1, waiting: 2 });
    expect([harness.entrance.waiting, harness.entrance.offeredSeq]).toEqual([3, 3]);
    await harness.clock.advance(LIMITS.lingerMs);
    await harness.commit();
    expect(harness.batches[0]).toMatchObject({ count: 1, confirmed: 1, lastSeq: 3 });
    expect(harness.ledger.read()).toMatchObject({
      received: 3,
      stored: 1,
      repeated: 2,
      waiting: 0,
      other: 1,
    });
    expect([harness.entrance.waiting, harness.entrance.storedSeq, harness.seen]).toEqual([0, 3, [1]]);
  });

  it('gives up what was confirmed and is not committed', () => {
    const harness = new Harness();
    for (const seq of [1, 2, 3, 4, 5]) harness.entrance.confirm('stock.price_updated', seq);
    harness.entrance.abandon();
    expect(harness.ledger.read()).toMatchObject({ received: 0, repeated: 0, waiting: 0 });
  });

  it('gives up what is not committed, to be read again', async () => {
    const harness = new Harness();
    harness.offer(1, 2, 3, 4, 5, 6);
    harness.entrance.abandon();
    expect(harness.ledger.read()).toMatchObject({ received: 0, waiting: 0 });
    await harness.commit();
    expect(harness.seen).toEqual([]);
    expect(harness.clock.pending).toBe(0);
  });

  it('resolves drained when what was offered before is committed', async () => {
    const harness = new Harness();
    harness.offer(1);
    let drained = false;
    const waiting = harness.entrance.drained().then(() => {
      drained = true;
    });
    await harness.clock.advance(0);
    expect(drained).toBe(false);
    await harness.commit();
    await waiting;
    expect(drained).toBe(true);
  });
});

describe('the ledger', () => {
  it('adds up at every moment, and every event is passed on once and in order', async () => {
    const action = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ do: fc.constant('offer' as const), step: fc.integer({ min: 0, max: 2 }) }),
      },
      fc.record({ do: fc.constant('bad' as const) }),
      fc.record({ do: fc.constantFrom('commit' as const, 'refuse' as const) }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(120) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 80 }), async (script) => {
        const harness = new Harness();
        const accepted: number[] = [];
        let seq = 0;
        for (const next of script) {
          if (next.do === 'offer' && harness.entrance.room > 0) {
            seq += next.step;
            if (next.step > 0) accepted.push(seq);
            harness.offer(seq);
          } else if (next.do === 'bad') harness.entrance.offer('stock.price_updated', ++seq, 5, BAD);
          else if (next.do === 'commit' && harness.committing > 0) await harness.commit();
          else if (next.do === 'refuse') await harness.refuse('no');
          else if (next.do === 'wait') await harness.clock.advance(next.ms);
          const { received, stored, repeated, rejected, waiting } = harness.ledger.read();
          expect(received).toBe(stored + repeated + rejected + waiting);
        }
        const drained = harness.entrance.drained();
        while (harness.entrance.waiting > 0) {
          await harness.clock.advance(100);
          if (harness.committing > 0) await harness.commit();
        }
        await drained;
        expect(harness.seen).toEqual(accepted);
      }),
    );
  });
});
