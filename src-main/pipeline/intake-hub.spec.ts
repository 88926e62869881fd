import { describe, expect, it } from 'vitest';
import type { StreamIdentity, StreamRecord } from '../../src-contract/journal.ts';
import { DEFAULT_SETTINGS } from '../../src-contract/settings.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { IntakeHub } from './intake-hub.ts';
import { LedgerCount } from './ledger-count.ts';
import { PipelineStages } from './stages/pipeline-stages.ts';

const BODY = Buffer.from('{"symbol":"AAPL","price":1}');

function record(incarnation: number, createdAt: number, storedSeq = 0): StreamRecord {
  return { env: 'dev', source: 'nats', name: 'S', createdAt, incarnation, storedSeq, active: true, gaps: [] };
}

/** A hub over a store that commits at once and numbers incarnations by their creation time. */
function openHub(known: readonly StreamRecord[] = []) {
  const clock = new VirtualClock(0);
  const gaps: number[] = [];
  const passed: [incarnation: number, lastSeq: number][] = [];
  let batch = 0;
  const hub = new IntakeHub({
    env: 'dev',
    known,
    clock,
    limits: { batchEvents: 10, lingerMs: 5, waiting: 40 },
    stages: new PipelineStages({
      clock,
      demands: DEFAULT_SETTINGS.pipeline,
      batchEvents: 10,
      waiting: 40,
    }),
    baseCurrency: () => 'USD',
    ledgerOf: () => new LedgerCount(),
    openStream: ({ createdAt }: StreamIdentity) =>
      Promise.resolve(known.find((stream) => stream.createdAt === createdAt) ?? record(createdAt, createdAt)),
    commit: () => Promise.resolve({ batch: ++batch, repeated: null, repeatedRejects: 0, movedRejects: 0 }),
    recordGap: (incarnation) => {
      gaps.push(incarnation);
      return Promise.resolve();
    },
    passOver: (incarnation, lastSeq) => {
      passed.push([incarnation, lastSeq]);
      return Promise.resolve();
    },
    onCommitted: () => undefined,
    onLatency: () => undefined,
    onFailure: () => undefined,
    retryDelay: () => 1,
  });
  return { hub, clock, gaps, passed };
}

describe('the hub', () => {
  it('gives a source that restarts the same entrance, once everything it offered is committed', async () => {
    const { hub } = openHub();
    const first = await hub.of('nats').openStream({ name: 'S', createdAt: 7 });
    first.offer('stock.price_updated', 1, 0, BODY);
    const again = await hub.of('nats').openStream({ name: 'S', createdAt: 7 });
    expect(again).toBe(first);
    expect(again.storedSeq).toBe(1);
    expect(hub.readings()).toHaveLength(1);
  });

  it('lists a stream that was re-created as a new one, and the one before as not active', async () => {
    const { hub } = openHub();
    await hub.of('nats').openStream({ name: 'S', createdAt: 7 });
    await hub.of('nats').openStream({ name: 'S', createdAt: 9 });
    expect(hub.readings().map(({ record: { createdAt, active } }) => [createdAt, active])).toEqual([
      [7, false],
      [9, true],
    ]);
  });

  it('lists the streams of earlier runs, until one is opened again or replaced', async () => {
    const { hub } = openHub([record(3, 3, 50), record(4, 4, 20)]);
    expect(hub.readings().map(({ storedSeq, lastSeq }) => [storedSeq, lastSeq])).toEqual([
      [50, 50],
      [20, 20],
    ]);
    const opened = await hub.of('nats').openStream({ name: 'S', createdAt: 4 });
    expect(opened.storedSeq).toBe(20);
    expect(hub.readings().map(({ record: { incarnation, active } }) => [incarnation, active])).toEqual([
      [3, false],
      [4, true],
    ]);
  });

  it('shows what the server says of a stream, and records its gaps with their stream', async () => {
    const { hub, gaps } = openHub();
    const stream = await hub.of('nats').openStream({ name: 'S', createdAt: 7 });
    stream.observe({ firstSeq: 5, lastSeq: 30 });
    stream.gap(1, 4, 'aged out');
    await hub.drained();
    await Promise.resolve();
    expect(hub.readings()[0]).toMatchObject({ firstSeq: 5, lastSeq: 30, storedSeq: 4 });
    expect(hub.readings()[0]?.record.gaps).toMatchObject([{ firstSeq: 1, lastSeq: 4, reason: 'aged out' }]);
    expect(gaps).toEqual([7]);
  });

  it('passes over what came another way, with its stream', async () => {
    const { hub, passed } = openHub();
    const stream = await hub.of('nats').openStream({ name: 'S', createdAt: 7 });
    stream.passOver(4);
    await hub.drained();
    await Promise.resolve();
    expect(hub.readings()[0]).toMatchObject({ storedSeq: 4, record: { gaps: [] } });
    expect(passed).toEqual([[7, 4]]);
  });

  it('counts what waits over all streams, and gives it up when asked', async () => {
    const { hub } = openHub();
    const one = await hub.of('nats').openStream({ name: 'S', createdAt: 7 });
    const other = await hub.of('demo').openStream({ name: 'D', createdAt: 8 });
    one.offer('stock.price_updated', 1, 0, BODY);
    other.offer('stock.price_updated', 1, 0, BODY);
    expect(hub.waiting).toBe(2);
    hub.abandon();
    expect(one.storedSeq).toBe(0);
  });
});
