import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IntakeAnswer } from '../../../src-contract/intake.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { InlineEngine } from '../testing/inline-engine.ts';

let remove: () => void;
let engine: InlineEngine;

beforeEach(async () => {
  const { folder, remove: removeFolder } = makeFolder();
  remove = removeFolder;
  engine = await InlineEngine.start({ dataFolder: folder, env: 'dev', demo: { on: false, seed: 7 } });
});

afterEach(async () => {
  await engine.stop();
  remove();
});

/** Hands events over as HTTP does, and waits for the answer. */
async function send(events: unknown): Promise<IntakeAnswer> {
  const body = Buffer.from(JSON.stringify(events));
  const answer = engine.engine.intake({ family: 'analytics.event', via: 'http', body });
  await engine.clock.advance(50);
  return answer;
}

/** Redrives as so many callers at the same time, and waits until it is durable. */
async function redriveAtOnce(callers: number, args: { ids: number[]; patch?: object; dry_run?: boolean }) {
  const reports = Array.from({ length: callers }, () => engine.client.call('rejects.redrive', args));
  await engine.clock.advance(50);
  return Promise.all(reports);
}

async function redrive(args: { ids: number[]; patch?: object; dry_run?: boolean }) {
  const [report] = await redriveAtOnce(1, args);
  return report;
}

async function redriveOne(args: { id: number; body?: string; dry_run?: boolean }) {
  const report = engine.client.call('reject.redrive', args);
  await engine.clock.advance(50);
  return report;
}

async function rejects(state: 'open' | 'redriven' | 'all' = 'open') {
  return (await engine.ask('rejects.list', { state, limit: 1000 })).items;
}

async function counted() {
  const { processed } = await engine.ask('analytics.summary', { window: 'start' });
  const { ledger } = await engine.ask('system.status', {});
  return { processed, stored: ledger.stored, rejected: ledger.rejected, received: ledger.received };
}

/** Every hundredth event lacks its type. */
function tenThousand(): object[] {
  return Array.from({ length: 10_000 }, (_, index) =>
    index % 100 === 99 ? { user_id: `u${index}`, value: index } : { type: 'page_view', value: 1 },
  );
}

describe('100 bad events among 10,000', () => {
  it('are listed, the other 9,900 counted; mended and redriven all are counted, and none twice', async () => {
    const answer = await send(tenThousand());
    expect(answer).toMatchObject({ ok: true, accepted: 9900 });
    expect(answer.ok && answer.rejected).toHaveLength(100);
    expect(await counted()).toEqual({ processed: 9900, stored: 9900, rejected: 100, received: 10_000 });
    const open = await rejects();
    expect(open).toHaveLength(100);
    const ids = open.map(({ id }) => id);
    const patch = { type: 'purchase' };
    const calls = await redriveAtOnce(2, { ids, patch });
    const outcomes = calls.map(({ stored, repeated, refused }) => ({ stored, repeated, refused }));
    expect(outcomes).toEqual([
      { stored: 100, repeated: 0, refused: 0 },
      { stored: 0, repeated: 100, refused: 0 },
    ]);
    expect(await rejects()).toEqual([]);
    expect(await rejects('redriven')).toHaveLength(100);
    expect(await counted()).toEqual({ processed: 10_000, stored: 10_000, rejected: 0, received: 10_000 });
    expect(await redrive({ ids, patch })).toMatchObject({ stored: 0, repeated: 100, refused: 0 });
    expect(await counted()).toMatchObject({ processed: 10_000, stored: 10_000 });
    const { top_types: types } = await engine.ask('analytics.summary', { window: 'start' });
    expect(types.map(({ type, count }) => [type, count])).toEqual([
      ['page_view', 9900],
      ['purchase', 100],
    ]);
  });
});

describe('a redrive', () => {
  it('that is dry says what would happen and changes nothing', async () => {
    await send([{ value: 1 }, { type: '' }]);
    const [second, first] = await rejects();
    const ids = [first?.id ?? 0, second?.id ?? 0, 4711];
    expect(await redrive({ ids, patch: { type: 'a' }, dry_run: true })).toMatchObject({
      dry_run: true,
      stored: 2,
      refused: 1,
      outcomes: [
        { id: ids[0], outcome: 'stored', reason: null },
        { id: ids[1], outcome: 'stored', reason: null },
        { id: 4711, outcome: 'refused', reason: 'dev has no reject 4711' },
      ],
    });
    expect(await redrive({ ids, dry_run: true })).toMatchObject({ stored: 0, refused: 3 });
    expect(await rejects()).toEqual([second, first]);
    expect(await counted()).toMatchObject({ stored: 0, rejected: 2 });
  });

  it('that is refused again counts an attempt and leaves the reject open', async () => {
    await send({ value: 1 });
    const [reject] = await rejects();
    const id = reject?.id ?? 0;
    expect(await redriveOne({ id })).toMatchObject({
      refused: 1,
      outcomes: [{ outcome: 'refused', reason: reject?.reason }],
    });
    expect(await redriveOne({ id, body: '{' })).toMatchObject({ refused: 1 });
    expect(await engine.ask('reject.get', { id })).toMatchObject({ attempts: 2, redriven_at: null });
  });

  it('takes an edited body, in the source and as of the time of the reject, and says when that was', async () => {
    await send({ value: 1 });
    const [reject] = await rejects();
    const id = reject?.id ?? 0;
    expect(await engine.ask('reject.get', { id })).toMatchObject({ body: '{"value":1}', editable: true });
    expect(await redriveOne({ id, body: '{"type":"mended","value":2}' })).toMatchObject({ stored: 1 });
    const tail = engine.follow('eventTail', { family: 'analytics' });
    await engine.clock.advance(100);
    expect(tail.rows).toMatchObject([
      { type: 'mended', value: 2, source: 'http', occurred_at: reject?.received_at },
    ]);
    const { redriven_at: redrivenAt } = await engine.ask('reject.get', { id });
    expect(redrivenAt).toBe(tail.rows[0]?.received_at);
    expect(Date.parse(redrivenAt ?? '')).toBeGreaterThan(Date.parse(reject?.received_at ?? ''));
    expect(await redriveOne({ id, body: '{"type":"again"}' })).toMatchObject({
      stored: 0,
      outcomes: [{ id, outcome: 'repeated', reason: 'it was redriven before' }],
    });
  });

  it('of many is stored once by callers at the same time, each reject by one of them', async () => {
    await send(Array.from({ length: 50 }, (_, index) => ({ value: index })));
    const ids = (await rejects()).map(({ id }) => id);
    const reports = await redriveAtOnce(8, { ids, patch: { type: 'once' } });
    expect(reports.reduce((sum, { stored }) => sum + stored, 0)).toBe(50);
    expect(reports.reduce((sum, { repeated }) => sum + repeated, 0)).toBe(350);
    expect(await counted()).toMatchObject({ processed: 50, stored: 50, rejected: 0 });
  });

  it('of activity renews its summary', async () => {
    const bad = engine.engine.intake({
      family: 'activity.recorded',
      via: 'http',
      body: Buffer.from('{"user":"ann"}'),
    });
    await engine.clock.advance(50);
    expect(await bad).toMatchObject({ code: 'invalid_event' });
    expect(await engine.ask('activity.summary', {})).toMatchObject({ days: [] });
    const [reject] = await rejects();
    await redriveOne({ id: reject?.id ?? 0, body: '{"user":"ann","type":"mended"}' });
    expect(await engine.ask('activity.summary', {})).toMatchObject({ cache: 'MISS', days: [{ total: 1 }] });
  });

  it('is written down with its ids and what came of it', async () => {
    await send([{ value: 1 }, { value: 2 }]);
    const ids = (await rejects()).map(({ id }) => id);
    await redrive({ ids, patch: { type: 'a' } });
    const { items } = await engine.ask('audit.list', { limit: 1 });
    expect(items[0]).toMatchObject({ action: 'rejects.redrive', result: 'done: 2 stored' });
    for (const id of ids) expect(items[0]?.target).toContain(`${id}`);
  });
});
