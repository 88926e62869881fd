import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ContractClient } from '../../../src-contract/client.ts';
import type { IntakeAnswer } from '../../../src-contract/intake.ts';
import { systemClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import type { EngineHost } from '../engine-port.ts';
import { startEngine } from '../start-engine.ts';
import { directClient } from '../testing/direct-client.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };
const REQUESTS = 400;

let folder: string;
let engine: EngineHost;
let client: ContractClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-events-'));
  const options = {
    version: '0.0.0',
    dataFolder: folder,
    env: 'demo',
    nats: null,
    stockApi: null,
    demo: { on: false, seed: 7 },
    logLevel: 'error' as const,
    overridden: [],
    batch: { events: 1000, lingerMs: 5 },
  };
  const random = seededRandom(7);
  const given = { clock: systemClock, random, log: silentLog, writeLogLine: () => undefined };
  engine = await startEngine(options, given);
  client = await directClient(engine, systemClock);
});

afterEach(async () => {
  client.close();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One activity that its caller named by a number. */
function send(number: number): Promise<IntakeAnswer> {
  const event = { user: `user ${number % 7}`, type: 'task_created', id: `request ${number}` };
  const body = Buffer.from(JSON.stringify(event));
  return engine.intake({ family: 'activity.recorded', via: 'http', body });
}

/** Sends these at once; answers those that are not known to be stored. */
async function unanswered(numbers: readonly number[]): Promise<number[]> {
  const answers = await Promise.all(numbers.map((number) => send(number)));
  return numbers.filter((_, index) => answers[index]?.ok !== true);
}

it('requests repeated after a crash of the engine are all counted, and none twice', async () => {
  const all = Array.from({ length: REQUESTS }, (_, index) => index);
  expect(await unanswered(all.slice(0, 100))).toEqual([]);
  const underWay = unanswered(all.slice(100));
  await client.call('drill.run', { drill: 'stop_engine' }).catch(() => undefined);
  let left = await underWay;
  await vi.waitUntil(() => engine.state.state === 'running', PATIENCE);
  await vi.waitUntil(() => client.link.state === 'live', PATIENCE);
  // Whatever was answered is stored, and what was not may be: sent again, it is known by its name.
  left = [...(await unanswered(left)), ...(await unanswered(all.slice(0, 50)))];
  expect(left).toEqual([]);
  const { days, top_users: users } = await client.call('activity.summary', {});
  expect(days.reduce((sum, { total }) => sum + total, 0)).toBe(REQUESTS);
  expect(users.reduce((sum, { count }) => sum + count, 0)).toBe(REQUESTS);
  const { ledger } = await client.call('system.status', {});
  expect(ledger).toMatchObject({ stored: REQUESTS, rejected: 0, waiting: 0 });
  expect(ledger.received).toBe(ledger.stored + ledger.repeated);
});

it('analytics added up in other threads come to the same, now and after a restart', async () => {
  const { pipeline } = await client.call('settings.set', { pipeline: { shards: 2 } });
  expect(pipeline.shards).toBe(2);
  const events = Array.from({ length: 2000 }, (_, index) => ({
    type: `type ${index % 5}`,
    value: index / 4,
    user_id: `user ${index % 10}`,
  }));
  for (let from = 0; from < 2000; from += 500) {
    const body = Buffer.from(JSON.stringify(events.slice(from, from + 500)));
    const answer = await engine.intake({ family: 'analytics.event', via: 'http', body });
    expect(answer).toMatchObject({ ok: true, accepted: 500 });
  }
  const summary = () => client.call('analytics.summary', { window: 'start' });
  await vi.waitUntil(async () => (await summary()).processed === 2000, PATIENCE);
  const { value, top_types: types, users } = await summary();
  expect(value).toMatchObject({ count: 2000, sum: 499_750, min: 0, max: 499.75 });
  expect(types.map(({ count }) => count)).toEqual([400, 400, 400, 400, 400]);
  await client.call('drill.run', { drill: 'stop_engine' }).catch(() => undefined);
  await vi.waitUntil(() => client.link.state !== 'live', PATIENCE);
  await vi.waitUntil(() => client.link.state === 'live', PATIENCE);
  expect(await summary()).toMatchObject({ processed: 2000, value, top_types: types, users });
});
