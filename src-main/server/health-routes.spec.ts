import { describe, expect, it } from 'vitest';
import { ContractError } from '../../src-contract/result.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { FakeEngineHost } from './fake-engine-host.ts';
import { reportOf } from './fake-report.ts';
import { testServer } from './test-server.ts';

const ready = async (engine: FakeEngineHost) => (await testServer({ engine })).inject('/health/ready');

describe('/health/ready', () => {
  it('is 200 while engine and database answer', async () => {
    const answer = await ready(new FakeEngineHost());
    expect([answer.statusCode, answer.json()]).toEqual([200, { ready: true, state: 'ok', degraded: [] }]);
  });

  it('stays 200 when only a source is down, and says what is wrong', async () => {
    const degraded = ['NATS is unreachable since 09:30'];
    const answer = await ready(
      new FakeEngineHost({ 'system.status': () => reportOf({ state: 'degraded', degraded }) }),
    );
    expect([answer.statusCode, answer.json()]).toEqual([200, { ready: true, state: 'degraded', degraded }]);
  });

  it('is 503 and names the engine when it is away', async () => {
    const engine = new FakeEngineHost();
    const app = await testServer({ engine });
    engine.goDown('the engine stopped');
    const answer = await app.inject('/health/ready');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      code: 'unavailable',
      ready: false,
      failing: [{ part: 'engine', reason: 'the engine stopped' }],
    });
    expect((await app.inject('/health/live')).json()).toEqual({ live: true });
  });

  it.each([
    [
      'says that it fails',
      {
        'system.status': () =>
          reportOf({ store: { ...reportOf().store, state: 'failing', detail: 'disk full' } }),
      },
      'disk full',
    ],
    [
      'does not answer a query',
      {
        'audit.list': () => {
          throw new ContractError('unavailable', 'no reader');
        },
      },
      'no reader',
    ],
  ] as const)('is 503 and names the database when it %s', async (_how, answers, reason) => {
    const answer = await ready(new FakeEngineHost(answers));
    expect(answer.json()).toMatchObject({ status: 503, failing: [{ part: 'database', reason }] });
  });

  it('does not wait longer than two seconds for an engine that hangs', async () => {
    const clock = new VirtualClock();
    const asked = Promise.withResolvers<undefined>();
    const engine = new FakeEngineHost({
      'system.status': () => new Promise(() => asked.resolve(undefined)),
    });
    const app = await testServer({ engine, clock });
    const pending = app.inject('/health/ready');
    await asked.promise;
    await clock.advance(2000);
    expect((await pending).json()).toMatchObject({
      failing: [{ part: 'engine', reason: 'no answer within 2 s' }],
    });
  });

  it('keeps the words from those who show no token', async () => {
    const engine = new FakeEngineHost({
      'system.status': () => reportOf({ state: 'degraded', degraded: ['nats://10.0.0.1 is unreachable'] }),
    });
    const app = await testServer({ engine, listen: { host: '0.0.0.0', token: 'sesame' } });
    expect((await app.inject('/health/ready')).json()).toEqual({
      ready: true,
      state: 'degraded',
      degraded: [],
    });
    engine.goDown('secret');
    expect((await app.inject('/health/ready')).body).not.toContain('secret');
  });
});

describe('/metrics', () => {
  it('gives the figures of engine and host as Prometheus reads them', async () => {
    const stream = {
      name: 'PULSE_DEV',
      env: 'dev',
      incarnation: 1,
      created: '2026-11-21T09:30:00.000Z',
      active: true,
      first_seq: 1,
      last_seq: 9,
      stored_seq: 6,
      lag: 3,
      gaps: [],
    };
    const engine = new FakeEngineHost({ 'system.status': () => reportOf({ streams: [stream] }) });
    const answer = await (await testServer({ engine })).inject('/metrics');
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = answer.body.split('\n');
    for (const line of [
      'pulsedesk_up 1',
      'pulsedesk_events_per_second 12.5',
      'pulsedesk_ledger_events{env="demo",source="demo",outcome="stored"} 6',
      'pulsedesk_queue_size{queue="intake"} 1',
      'pulsedesk_queue_limit{queue="intake"} 1000',
      'pulsedesk_stream_lag{env="dev",stream="PULSE_DEV"} 3',
      'pulsedesk_services{state="backing_off"} 1',
      'pulsedesk_store_bytes 4096',
      'pulsedesk_store_commit_seconds{quantile="0.99"} 0.002',
      'pulsedesk_websocket_clients 0',
      'pulsedesk_engine_restarts_total 0',
    ]) {
      expect(lines).toContain(line);
    }
    expect(answer.body).toMatch(/^pulsedesk_host_loop_delay_seconds\{quantile="0.99"\} [\d.e-]+$/m);
  });

  it('answers without the engine, and counts its restarts', async () => {
    const engine = new FakeEngineHost();
    const app = await testServer({ engine });
    engine.goDown('the engine stopped');
    const lines = (await app.inject('/metrics')).body.split('\n');
    expect(lines).toContain('pulsedesk_up 0');
    expect(lines).toContain('pulsedesk_engine_restarts_total 1');
  });
});

describe('closing the server', () => {
  it('detaches it from the engine', async () => {
    const engine = new FakeEngineHost();
    const app = await testServer({ engine });
    expect(engine.listeners).toBe(1);
    await app.close();
    expect(engine.listeners).toBe(0);
    expect(engine.connections.map(({ closed }) => closed)).toEqual([true]);
  });
});
