import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallArgs, CallName, CallResult } from '../../../src-contract/channels.ts';
import type { IntakeAnswer, IntakeRequest } from '../../../src-contract/intake.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { directClient } from '../testing/direct-client.ts';
import { InlineEngine } from '../testing/inline-engine.ts';

let folder: string;
let remove: () => void;
let engine: InlineEngine;

const start = () => InlineEngine.start({ dataFolder: folder, env: 'dev', demo: { on: false, seed: 7 } });

beforeEach(async () => {
  ({ folder, remove } = makeFolder());
  engine = await start();
});

afterEach(async () => {
  await engine.stop();
  remove();
});

/** Hands events over as HTTP does, and waits for the answer. */
async function send(family: IntakeRequest['family'], events: unknown): Promise<IntakeAnswer> {
  const body = Buffer.from(JSON.stringify(events));
  const answer = engine.engine.intake({ family, via: 'http', body });
  await engine.clock.advance(20);
  return answer;
}

/** A call of a thousand readers at once, of whom each client may have 250 waiting. */
async function asThousand<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N>[]> {
  const clients = await Promise.all(
    Array.from({ length: 4 }, () => directClient(engine.engine, engine.clock)),
  );
  const answers = clients.flatMap((client) => Array.from({ length: 250 }, () => client.call(name, args)));
  await engine.clock.advance(50);
  const given = await Promise.all(answers);
  for (const client of clients) client.close();
  return given;
}

const activity = (user: string, type: string) => ({ user, type });

describe('the summary of activity', () => {
  it('is computed, then given again, and right at once after a new event', async () => {
    expect(await send('activity.recorded', activity('ann', 'task_created'))).toMatchObject({ accepted: 1 });
    const first = await engine.ask('activity.summary', {});
    expect(first).toMatchObject({
      cache: 'MISS',
      env: 'dev',
      days: [{ date: '2026-11-21', total: 1, by_type: { task_created: 1 } }],
      top_users: [{ user: 'ann', count: 1 }],
    });
    expect(await engine.ask('activity.summary', {})).toEqual({ ...first, cache: 'HIT' });
    await send('activity.recorded', activity('bob', 'task_created'));
    expect(await engine.ask('activity.summary', {})).toMatchObject({
      cache: 'MISS',
      days: [{ total: 2, by_type: { task_created: 2 } }],
      top_users: [
        { user: 'ann', count: 1 },
        { user: 'bob', count: 1 },
      ],
    });
    expect(await engine.ask('activity.summary', {})).toMatchObject({ cache: 'HIT' });
  });

  it('is not touched by other events, nor by refused ones', async () => {
    await send('activity.recorded', activity('ann', 'task_created'));
    await engine.ask('activity.summary', {});
    await send('analytics.event', { type: 'page_view' });
    expect(await send('activity.recorded', { user: 'ann' })).toMatchObject({ code: 'invalid_event' });
    expect(await engine.ask('activity.summary', {})).toMatchObject({ cache: 'HIT' });
  });

  it('costs a thousand readers at once one reading of the store', async () => {
    await send('activity.recorded', activity('ann', 'task_created'));
    const readings = vi.spyOn(engine.store.screens, 'activityDays');
    const answers = await asThousand('activity.summary', { days: 7 });
    const misses = answers.filter(({ cache }) => cache === 'MISS');
    expect([answers.length, misses.length, readings.mock.calls.length]).toEqual([1000, 1, 1]);
    expect(new Set(answers.map(({ days }) => JSON.stringify(days))).size).toBe(1);
  });

  it('is right after a restart, and of each environment its own', async () => {
    await send('activity.recorded', [activity('ann', 'a'), activity('ann', 'b')]);
    const before = await engine.ask('activity.summary', {});
    await engine.stop();
    engine = await start();
    const after = await engine.ask('activity.summary', {});
    expect(after).toMatchObject({ cache: 'MISS', days: before.days, top_users: before.top_users });
    expect(await engine.ask('activity.summary', { env: 'staging' })).toMatchObject({
      days: [],
      top_users: [],
    });
  });

  it('tells quarters of an hour with what was answered for just now', async () => {
    await send('activity.recorded', [activity('ann', 'a'), activity('ann', 'b')]);
    expect(await engine.ask('activity.quarters', { days: 1 })).toEqual({
      from: '2026-11-21T00:00:00.000Z',
      to: '2026-11-22T00:00:00.000Z',
      items: [{ at: '2026-11-21T09:30:00.000Z', count: 2 }],
    });
  });
});

describe('analytics', () => {
  it('tell a window, its types and its latencies', async () => {
    await send('analytics.event', [
      { type: 'page_view', user_id: 'u1' },
      { type: 'purchase', user_id: 'u1', value: 10 },
      { type: 'purchase', user_id: 'u2', value: 20.5 },
    ]);
    const summary = await engine.ask('analytics.summary', { window: '1m' });
    expect(summary).toMatchObject({
      env: 'dev',
      processed: 3,
      total: 3,
      value: { count: 2, sum: 30.5, average: 15.25, min: 10, max: 20.5 },
      top_types: [
        { type: 'purchase', count: 2, average: 15.25, exact: true },
        { type: 'page_view', count: 1, average: null, exact: true },
      ],
      users: { distinct: 2 },
      latency: { commit: { count: 3 }, projection: { count: 3 } },
    });
    expect(summary.series.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });

  it('tell stored buckets with what was answered for just now, of one type or of all', async () => {
    const day = { from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' };
    await send('analytics.event', [
      { type: 'page_view' },
      { type: 'purchase', value: 10, occurred_at: '2026-11-21T08:30:00.000Z' },
    ]);
    const series = async (given: object) =>
      (await engine.ask('analytics.series', { ...day, step: '1h', ...given })).items;
    expect(await series({})).toEqual([
      { at: '2026-11-21T08:00:00.000Z', count: 1, average: 10 },
      { at: '2026-11-21T09:00:00.000Z', count: 1, average: null },
    ]);
    expect(await series({ type: 'purchase' })).toHaveLength(1);
    expect(await series({ type: 'never came' })).toEqual([]);
    expect(await series({ step: '1s', from: '2026-11-21T09:00:00.000Z' })).toHaveLength(1);
  });
});

describe('the feeds of events', () => {
  it('tell of what came within a quarter of a second, in the window and in the tail', async () => {
    const window = engine.follow('analytics', { window: '1m' });
    const tail = engine.follow('eventTail', { family: 'analytics', q: 'purchase' });
    const state = engine.follow('activity', {});
    await engine.clock.advance(100);
    expect([window.head.total, tail.rows, state.head.total]).toEqual([0, [], 0]);
    await send('analytics.event', [{ type: 'page_view' }, { type: 'purchase', user_id: 'u1', value: 3 }]);
    await send('activity.recorded', activity('ann', 'a'));
    await engine.clock.advance(300);
    expect(window.head).toMatchObject({ total: 2, processed: 2 });
    expect(window.rows.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(tail.head.seen).toBe(2);
    expect(tail.rows).toMatchObject([{ type: 'purchase', user: 'u1', value: 3, source: 'http' }]);
    expect(state.head).toMatchObject({ total: 1, newest_at: '2026-11-21T09:30:00.120Z' });
  });

  it('tell of a long window once a second', async () => {
    const hour = engine.follow('analytics', { window: '1h' });
    const minute = engine.follow('analytics', { window: '1m' });
    await engine.clock.advance(1100);
    await send('analytics.event', { type: 'page_view' });
    await engine.clock.advance(400);
    expect([minute.head.total, hour.head.total]).toEqual([1, 0]);
    await engine.clock.advance(700);
    expect([minute.head.total, hour.head.total]).toEqual([1, 1]);
  });

  it('begin anew with another environment', async () => {
    await send('analytics.event', { type: 'page_view' });
    const window = engine.follow('analytics', { window: '5m' });
    const tail = engine.follow('eventTail', { family: 'analytics' });
    await engine.clock.advance(100);
    expect([window.head.env, tail.rows.length]).toEqual(['dev', 1]);
    await engine.ask('environment.set', { name: 'staging' });
    await engine.clock.advance(1100);
    expect([window.head.env, window.head.total, tail.rows]).toEqual(['staging', 0, []]);
    await send('analytics.event', [{ type: 'a' }, { type: 'b' }]);
    await engine.clock.advance(300);
    expect([window.head.total, tail.rows.length]).toEqual([2, 2]);
    await engine.ask('environment.set', { name: 'dev' });
    await engine.clock.advance(1100);
    expect([window.head.total, tail.rows.length]).toEqual([1, 1]);
  });
});
