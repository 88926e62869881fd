import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../../src-contract/event-kinds.ts';
import type { EventBatch } from '../../src-contract/journal.ts';
import { storedEvents } from './stored-events.ts';
import { PipelineFixture } from './testing/pipeline-fixture.ts';

const ANALYTICS = 'analytics.event';

/** The rows of a batch as replay reads them. */
function rowsOf(batch: EventBatch) {
  return Array.from({ length: batch.count }, (_, row) => ({
    id: batch.incarnation * 2 ** 40 + (batch.seqs[row] as number),
    kind: EVENT_KINDS[ANALYTICS],
    occurredAt: batch.occurredAt[row] as number,
    receivedAt: batch.receivedAt[row] as number,
    body: batch.bodies.slice(row === 0 ? 0 : batch.bodyEnds[row - 1], batch.bodyEnds[row]),
  }));
}

async function openStream(source = 'nats') {
  const pipeline = new PipelineFixture();
  return { pipeline, stream: await pipeline.open(source) };
}

describe('a message that packs events', () => {
  it('is one row, counted event by event, and reads back from the journal as it was applied', async () => {
    const { pipeline, stream } = await openStream();
    stream.offer(ANALYTICS, 1, 5, Buffer.from('{"type":"single"}'));
    stream.offer(ANALYTICS, 2, 6, Buffer.from('[{"type":"a"},{"type":""},{"type":"b","value":2}]'));
    stream.offer(ANALYTICS, 3, 7, Buffer.from('[{"type":""}]'));
    await pipeline.drain();
    expect(pipeline.ledger('nats').read()).toMatchObject({ received: 5, stored: 3, rejected: 2, waiting: 0 });
    const [batch] = pipeline.store.batches as [EventBatch];
    expect([batch.count, [...(batch.parts ?? [])], batch.lastSeq]).toEqual([2, [1, 2], 3]);
    expect(pipeline.store.rejects.map(({ seq, part, body }) => [seq, part, body])).toEqual([
      [2, 1, '{"type":""}'],
      [3, 0, '{"type":""}'],
    ]);
    expect(pipeline.applied.map(({ part, occurredAt, body }) => [part, occurredAt, body])).toEqual([
      [undefined, 5, { type: 'single' }],
      [0, 6, { type: 'a' }],
      [1, 6, { type: 'b', value: 2 }],
    ]);
    expect(storedEvents({ batch: 1, source: 'nats', rows: rowsOf(batch) })).toEqual(pipeline.applied);
    expect(stream.storedSeq).toBe(3);
  });

  it('goes alone when the batch has no room for all of it', async () => {
    const { pipeline, stream } = await openStream();
    const packed = Buffer.from(JSON.stringify(Array.from({ length: 1900 }, () => ({ type: 'a' }))));
    for (let seq = 1; seq <= 200; seq += 1) stream.offer(ANALYTICS, seq, 5, Buffer.from('{"type":"a"}'));
    stream.offer(ANALYTICS, 201, 5, packed);
    stream.offer(ANALYTICS, 202, 5, packed);
    await pipeline.drain();
    expect(pipeline.store.batches.map(({ lastSeq, parts }) => [lastSeq, parts?.length ?? 0])).toEqual([
      [200, 0],
      [201, 1],
      [202, 1],
    ]);
  });

  it('reads back as it was applied, whatever it packs', async () => {
    const event = fc.record(
      {
        type: fc.string({ maxLength: 4 }),
        value: fc.double({ min: -2e12, max: 2e12, noNaN: true }),
        occurred_at: fc.constantFrom('2026-06-15T11:59:00.000Z', '2030-01-01T00:00:00.000Z'),
        id: fc.constantFrom('one', 'two', ''),
      },
      { requiredKeys: ['type'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(event, { maxLength: 6 }), { maxLength: 8 }), async (messages) => {
        const { pipeline, stream } = await openStream();
        for (const [index, events] of messages.entries()) {
          stream.offer(ANALYTICS, index + 1, 5, Buffer.from(JSON.stringify(events)));
        }
        await pipeline.drain();
        const { received, stored, repeated, rejected } = pipeline.ledger('nats').read();
        expect(received).toBe(messages.reduce((sum, { length }) => sum + Math.max(1, length), 0));
        expect(received).toBe(stored + repeated + rejected);
        expect(pipeline.applied).toHaveLength(stored);
        // The fixture's store keeps the rows whole, so that what is repeated is still in them.
        const back = pipeline.store.batches.flatMap((batch) =>
          storedEvents({ batch: 1, source: 'nats', rows: rowsOf(batch) }),
        );
        expect(back).toEqual(expect.arrayContaining(pipeline.applied));
        expect(back).toHaveLength(stored + repeated);
      }),
    );
  });
});

describe('names', () => {
  it('go with their events, which are counted from the first of the batch on', async () => {
    const { pipeline, stream } = await openStream();
    stream.offer(ANALYTICS, 1, 5, Buffer.from('{"type":"a","id":"one"}'));
    stream.offer(
      ANALYTICS,
      2,
      5,
      Buffer.from('[{"type":"a"},{"type":"b","id":"two"},{"type":"c","id":"one"}]'),
    );
    await pipeline.drain();
    expect(pipeline.store.batches[0]?.ids).toEqual([
      { event: 0, id: 'one' },
      { event: 2, id: 'two' },
      { event: 3, id: 'one' },
    ]);
    expect(pipeline.ledger('nats').read()).toMatchObject({ received: 4, stored: 3, repeated: 1 });
    expect(pipeline.applied.map(({ body }) => (body as { type: string }).type)).toEqual(['a', 'a', 'b']);
  });

  it('are null for a batch in which nobody names anything', async () => {
    const { pipeline, stream } = await openStream();
    stream.offer(ANALYTICS, 1, 5, Buffer.from('{"type":"a"}'));
    stream.offer('stock.price_updated', 2, 5, Buffer.from('{"symbol":"AAPL","price":1}'));
    await pipeline.drain();
    expect(pipeline.store.batches[0]).toMatchObject({ ids: null, parts: null, redriven: null });
  });
});

describe('a value that was parsed already', () => {
  it('is stored as its shortest JSON, or answered at once why not and kept as a reject as it was sent', async () => {
    const { pipeline, stream } = await openStream('http');
    const settled: unknown[] = [];
    stream.onSettled((lastSeq, repeated) => settled.push([lastSeq, repeated]));
    const sent = () => Buffer.from('{"user": "a", "value": 1e999}');
    const good = { user: 'a', type: 'b', id: 'x' };
    expect(stream.offerValue('activity.recorded', 1, 5, good, sent)).toBeNull();
    expect(stream.offerValue('activity.recorded', 2, 5, { user: 'a' }, sent)).toBe('/type is missing');
    expect(stream.offerValue('activity.recorded', 3, 5, good, sent)).toBeNull();
    await pipeline.drain();
    const [batch] = pipeline.store.batches as [EventBatch];
    expect(Buffer.from(batch.bodies).toString()).toBe('{"user":"a","type":"b","id":"x"}'.repeat(2));
    expect(pipeline.store.rejects).toMatchObject([
      { seq: 2, part: 0, body: '{"user": "a", "value": 1e999}' },
    ]);
    expect(settled).toEqual([[3, [3]]]);
    expect(pipeline.ledger('http').read()).toMatchObject({
      received: 3,
      stored: 1,
      repeated: 1,
      rejected: 1,
    });
  });
});

describe('the body of a reject', () => {
  it('moves from rejected to stored when it passes, as of when it was received, and counts nothing when not', async () => {
    const { pipeline } = await openStream();
    const bad = await pipeline.open('nats');
    bad.offer('activity.recorded', 1, 5, Buffer.from('{"user":"a"}'));
    bad.offer('activity.recorded', 2, 5, Buffer.from('{"user":"b"}'));
    await pipeline.drain();
    const stream = await pipeline.hub.of('nats').openStream({ name: 'redriven', createdAt: 0 });
    expect(stream.offerReject('activity.recorded', 1, 123, Buffer.from('{"user":"a"}'), 7)).toBe(
      '/type is missing',
    );
    expect(stream.offeredSeq).toBe(0);
    const mended = Buffer.from('{"user":"a","type":"t"}');
    expect(stream.offerReject('activity.recorded', 1, 123, mended, 7)).toBeNull();
    await pipeline.drain();
    expect(pipeline.ledger('nats').read()).toEqual({
      received: 2,
      stored: 1,
      repeated: 0,
      rejected: 1,
      waiting: 0,
      other: 0,
    });
    expect(pipeline.store.batches.at(-1)?.redriven).toEqual([7]);
    expect(pipeline.applied).toMatchObject([{ occurredAt: 123, body: { user: 'a', type: 't' } }]);
    expect(pipeline.applied[0]?.receivedAt).toBeGreaterThan(123);
  });
});
