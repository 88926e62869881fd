import { expect, it } from 'vitest';
import type { Stage } from '../../src-contract/analytics.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { engineClient } from '../engine/engine-client.ts';
import { FakeEngineHost } from './fake-engine-host.ts';
import { latestOfFeed } from './latest-of-feed.ts';
import { testServer } from './test-server.ts';

const commit: Stage = {
  id: 'commit',
  title: 'Commit',
  queue: { size: 7, limit: 4000, high_water: 1200 },
  in: 500,
  out: 493,
  rejected: 3,
  per_second: 100,
  busy: 0.25,
  p95_us: 4000,
  demand: { min: 500, max: 1000 },
  slowed_ms: 0,
};

it('tells Prometheus of the stages of the pipeline and of open rejects', async () => {
  const engine = new FakeEngineHost();
  engine.stages = [commit];
  const app = await testServer({ engine });
  const lines = (await app.inject('/metrics')).body.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'pulsedesk_stage_queue_size{stage="commit"} 7',
      'pulsedesk_stage_queue_limit{stage="commit"} 4000',
      'pulsedesk_stage_queue_high_water{stage="commit"} 1200',
      'pulsedesk_stage_in_total{stage="commit"} 500',
      'pulsedesk_stage_out_total{stage="commit"} 493',
      'pulsedesk_stage_rejected_total{stage="commit"} 3',
      'pulsedesk_stage_busy_ratio{stage="commit"} 0.25',
      'pulsedesk_stage_batch_p95_seconds{stage="commit"} 0.004',
      'pulsedesk_rejects_open{env="demo"} 1',
    ]),
  );
});

it('has no P95 for a stage that has worked on no batch', async () => {
  const engine = new FakeEngineHost();
  engine.stages = [{ ...commit, p95_us: null }];
  const app = await testServer({ engine });
  const lines = (await app.inject('/metrics')).body.split('\n');
  expect(lines.filter((line) => line.startsWith('pulsedesk_stage_batch_p95_seconds'))).toEqual([]);
  expect(lines).toContain('pulsedesk_stage_in_total{stage="commit"} 500');
});

it('leaves no feed open behind it', async () => {
  const engine = new FakeEngineHost();
  const app = await testServer({ engine });
  await app.inject('/metrics');
  const sent = engine.connections.flatMap((connection) => connection.sent);
  expect(sent.filter(({ t }) => t === 'open')).toHaveLength(1);
  expect(sent.filter(({ t }) => t === 'close')).toHaveLength(1);
});

it('gives a feed up that says nothing, and one of an engine that is away', async () => {
  const engine = new FakeEngineHost();
  engine.stages = null;
  const clock = new VirtualClock();
  const client = engineClient(engine, { kind: 'http', title: 'HTTP' }, clock);
  const silent = latestOfFeed(client, clock, 'pipeline', {});
  await clock.advance(2000);
  expect(await silent).toBeNull();
  engine.goDown('the engine stopped');
  expect(await latestOfFeed(client, clock, 'pipeline', {})).toBeNull();
  client.close();
});
