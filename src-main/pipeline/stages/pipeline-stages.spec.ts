import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAGE_IDS } from '../../../src-contract/analytics.ts';
import type { StreamIntake } from '../../../src-contract/intake.ts';
import { LIMITS, PipelineFixture } from '../testing/pipeline-fixture.ts';
import { seqsOf } from '../testing/timed-store.ts';

/** A twentieth of the engine's, so that a second of full rate is soon over. */
const SMALL = { batchEvents: 100, lingerMs: 5, waiting: 400 };
const EVENT = Buffer.from('{"type":"page_view","value":1}');
const BAD = Buffer.from('{"type":""}');
const PACKED = Buffer.from(JSON.stringify(Array.from({ length: 40 }, () => ({ type: 'page_view' }))));

/** A source as NATS is one: it offers whenever there is room, and stops when there is none. */
class EagerSource {
  offered = 0;
  readonly #stream: StreamIntake;
  readonly #body: Uint8Array;

  constructor(stream: StreamIntake, body: Uint8Array = EVENT) {
    this.#stream = stream;
    this.#body = body;
  }

  /** Offers so many, or as many as there is room for. */
  offer(most: number): void {
    for (let count = Math.min(most, this.#stream.room); count > 0; count -= 1) {
      this.offered += 1;
      this.#stream.offer('analytics.event', this.#stream.offeredSeq + 1, 0, this.#body);
    }
  }
}

function expectWithinLimits(pipeline: PipelineFixture): void {
  for (const { id, queue } of pipeline.stages.read()) {
    expect(queue.high_water, `the queue before ${id}`).toBeLessThanOrEqual(queue.limit);
    expect(queue.size).toBeGreaterThanOrEqual(0);
  }
}

/** Offers at full rate for so many seconds; answers after how many the stage was named. */
async function press(
  pipeline: PipelineFixture,
  source: EagerSource,
  seconds: number,
): Promise<(string | null)[]> {
  const named: (string | null)[] = [];
  for (let tick = 1; tick <= seconds * 100; tick += 1) {
    source.offer(400);
    await pipeline.clock.advance(10);
    if (tick % 50 === 0) named.push(pipeline.stages.bottleneck()?.stage ?? null);
  }
  return named;
}

describe('a stage slowed by 50 ms a batch', () => {
  it.each(STAGE_IDS)(
    'is named within three seconds while it is %s, and no queue passes its limit',
    async (slowed) => {
      const pipeline = new PipelineFixture(SMALL);
      const source = new EagerSource(await pipeline.open('nats'));
      expect(await press(pipeline, source, 2)).toEqual([null, null, null, null]);
      pipeline.stages.slow(slowed, 50);
      const named = await press(pipeline, source, 3);
      expect(named.at(-1)).toBe(slowed);
      expect(pipeline.stages.bottleneck()?.why).toContain('50 ms');
      expectWithinLimits(pipeline);
      const { received, stored, waiting } = pipeline.ledger('nats').read();
      expect(received).toBe(stored + waiting);
      pipeline.stages.slow(slowed, 0);
      await pipeline.drain();
      expect(pipeline.ledger('nats').read()).toMatchObject({
        received: source.offered,
        stored: source.offered,
        waiting: 0,
      });
      expect(seqsOf(pipeline.applied)).toEqual(
        Array.from({ length: source.offered }, (_, index) => index + 1),
      );
      expect((await press(pipeline, source, 3)).at(-1)).toBeNull();
    },
  );

  it.each(STAGE_IDS)(
    'leaves %s going at the pace of the drill, so that the source is asked for less',
    async (slowed) => {
      const pipeline = new PipelineFixture(SMALL);
      const source = new EagerSource(await pipeline.open('nats'));
      for (const stage of ['transform', 'commit', 'aggregate'] as const)
        pipeline.stages.demand(stage, { min: 50, max: 100 });
      pipeline.stages.slow(slowed, 50);
      await press(pipeline, source, 2);
      const { length } = pipeline.applied;
      // 40 batches in two seconds.
      expect(length).toBeLessThanOrEqual(4000);
      expect(length).toBeGreaterThan(3600);
      const { size } = pipeline.stages.read()[3]?.queue ?? { size: 0 };
      expect(source.offered - length - size).toBeLessThanOrEqual(SMALL.waiting);
    },
  );
});

describe('the bottleneck', () => {
  it('is nobody while nothing is to do', async () => {
    const pipeline = new PipelineFixture(SMALL);
    await pipeline.clock.advance(5000);
    expect(pipeline.stages.bottleneck()).toBeNull();
    pipeline.stages.slow('commit', 50);
    await pipeline.clock.advance(5000);
    expect(pipeline.stages.bottleneck()).toBeNull();
  });

  it('is the store that takes long by itself, since when it did, and nobody once it is fast again', async () => {
    const pipeline = new PipelineFixture(SMALL);
    const source = new EagerSource(await pipeline.open('nats'));
    pipeline.store.batchMs = 80;
    expect((await press(pipeline, source, 3)).at(-1)).toBe('commit');
    const { since, why } = pipeline.stages.bottleneck() ?? {};
    expect(why).toMatch(/it takes \d\d ms for a batch/);
    await press(pipeline, source, 2);
    expect(pipeline.stages.bottleneck()?.since).toBe(since);
    pipeline.store.batchMs = 2;
    expect((await press(pipeline, source, 3)).at(-1)).toBeNull();
  });

  it('is the store that refuses, with its words, and everything is there once it takes again', async () => {
    const pipeline = new PipelineFixture(SMALL);
    const source = new EagerSource(await pipeline.open('nats'));
    pipeline.store.broken = true;
    await press(pipeline, source, 1);
    expect(pipeline.stages.bottleneck()).toMatchObject({
      stage: 'commit',
      why: expect.stringContaining('disk full'),
    });
    expectWithinLimits(pipeline);
    pipeline.store.broken = false;
    await pipeline.drain();
    expect(seqsOf(pipeline.applied)).toEqual(Array.from({ length: source.offered }, (_, index) => index + 1));
    expect(pipeline.stages.bottleneck()).toBeNull();
  });
});

describe('the stages', () => {
  it('hold nothing back of what one stream alone may have waiting, although the store refuses it', async () => {
    const pipeline = new PipelineFixture();
    const source = new EagerSource(await pipeline.open('nats'));
    pipeline.store.broken = true;
    await press(pipeline, source, 1);
    expect([source.offered, pipeline.stages.open]).toEqual([LIMITS.waiting, true]);
    const [receive, transform] = pipeline.stages.read();
    expect([receive?.queue.high_water, transform?.queue.high_water]).toEqual([0, 0]);
  });

  it('count what goes in, out and wrong, and how long a batch takes', async () => {
    const pipeline = new PipelineFixture(SMALL);
    const stream = await pipeline.open('nats');
    for (let seq = 1; seq <= 400; seq += 1) {
      stream.offer('analytics.event', seq, 0, seq % 20 === 0 ? BAD : EVENT);
    }
    await pipeline.drain();
    const stages = pipeline.stages.read().map(({ id, in: into, out, rejected }) => [id, into, out, rejected]);
    expect(stages).toEqual([
      ['receive', 400, 400, 0],
      ['transform', 400, 380, 20],
      ['commit', 400, 400, 0],
      ['aggregate', 400, 380, 0],
    ]);
    expect(pipeline.stages.read()[2]).toMatchObject({ per_second: expect.any(Number), p95_us: 8000 });
  });

  it('have no P95 before they have worked on a batch', async () => {
    const pipeline = new PipelineFixture(SMALL);
    const stream = await pipeline.open('nats');
    const measured = () => pipeline.stages.read().map(({ p95_us: p95 }) => p95 !== null);
    expect(measured()).toEqual([false, false, false, false]);
    stream.offer('analytics.event', 1, 0, EVENT);
    await pipeline.drain();
    expect(measured()[2]).toBe(true);
  });

  it('tell how long events took from receipt to commit and to projection, by those that arrived together', async () => {
    const pipeline = new PipelineFixture(SMALL);
    const stream = await pipeline.open('nats');
    stream.offer('analytics.event', 1, 0, EVENT);
    stream.offer('analytics.event', 2, 0, EVENT);
    await pipeline.clock.advance(3);
    stream.offer('analytics.event', 3, 0, EVENT);
    pipeline.stages.slow('aggregate', 10);
    await pipeline.drain();
    expect(pipeline.latencies).toEqual([
      { kind: 'commit', us: 5000, events: 2 },
      { kind: 'commit', us: 2000, events: 1 },
      { kind: 'projection', us: 15_000, events: 2 },
      { kind: 'projection', us: 12_000, events: 1 },
    ]);
  });

  it('never have more in hand than their demand allows, and ask again below its lower end', async () => {
    const pipeline = new PipelineFixture(SMALL);
    pipeline.stages.demand('commit', { min: 150, max: 300 });
    const source = new EagerSource(await pipeline.open('nats'));
    let most = 0;
    const commit = pipeline.store.commit.bind(pipeline.store);
    let inHand = 0;
    pipeline.store.commit = (batch) => {
      inHand += batch.count;
      most = Math.max(most, inHand);
      return commit(batch).finally(() => (inHand -= batch.count));
    };
    await press(pipeline, source, 1);
    expect(most).toBe(200);
    pipeline.stages.demand('commit', { min: 300, max: 300 });
    most = 0;
    await press(pipeline, source, 1);
    expect(most).toBe(300);
  });
});

describe('whatever is slowed, refused or packed', () => {
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom('offer' as const, 'packed' as const, 'bad' as const),
        most: fc.nat(400),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(120) }) },
    fc.record({
      do: fc.constant('slow' as const),
      stage: fc.constantFrom(...STAGE_IDS),
      ms: fc.constantFrom(0, 0, 5, 50),
    }),
    fc.record({ do: fc.constant('break' as const), broken: fc.boolean() }),
    fc.record({
      do: fc.constant('demand' as const),
      stage: fc.constantFrom('transform' as const, 'commit' as const, 'aggregate' as const),
      max: fc.integer({ min: 1, max: 3000 }),
    }),
  );

  it('no queue passes its limit, the ledger adds up at every step, and nothing is lost or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const pipeline = new PipelineFixture(SMALL);
        const stream = await pipeline.open('nats');
        const sources = {
          offer: new EagerSource(stream),
          packed: new EagerSource(stream, PACKED),
          bad: new EagerSource(stream, BAD),
        };
        for (const next of steps) {
          if (next.do === 'wait') await pipeline.clock.advance(next.ms);
          else if (next.do === 'slow') pipeline.stages.slow(next.stage, next.ms);
          else if (next.do === 'break') pipeline.store.broken = next.broken;
          else if (next.do === 'demand')
            pipeline.stages.demand(next.stage, { min: Math.ceil(next.max / 2), max: next.max });
          else sources[next.do].offer(next.most);
          expectWithinLimits(pipeline);
          const { received, stored, repeated, rejected, waiting } = pipeline.ledger('nats').read();
          expect(received).toBe(stored + repeated + rejected + waiting);
        }
        pipeline.store.broken = false;
        pipeline.stages.lift();
        await pipeline.drain();
        const { offer, packed, bad } = sources;
        const events = offer.offered + 40 * packed.offered;
        expect(pipeline.ledger('nats').read()).toMatchObject({
          stored: events,
          rejected: bad.offered,
          waiting: 0,
        });
        const seqs = seqsOf(pipeline.applied);
        expect(seqs).toHaveLength(events);
        expect(seqs).toEqual([...seqs].sort((one, other) => one - other));
        expect(pipeline.applied.map(({ part = 0 }) => part).filter((part) => part === 39)).toHaveLength(
          packed.offered,
        );
        expectWithinLimits(pipeline);
        expect(pipeline.clock.pending).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
