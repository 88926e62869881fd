import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNatsServer, type NatsServer } from '../../src-main/sources/nats/testing/nats-server.ts';
import { makeStream } from '../../src-main/sources/nats/testing/publish.ts';
import { ServeProcess } from '../prove/hosts/serve-process.ts';
import type { loadReport } from './load-report.ts';

type Report = ReturnType<typeof loadReport>;

const LAUNCH = join(import.meta.dirname, '../launch.js');
const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-load-'));
let nats: NatsServer;
let host: ServeProcess;

beforeAll(async () => {
  nats = await startNatsServer();
  await makeStream(nats.url, 'dev');
  host = new ServeProcess(folder, ['--nats', nats.url, '--env', 'dev', '--no-demo']);
  await host.ready;
});
afterAll(async () => {
  await host.end('SIGTERM');
  await nats.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the load generator as `npm run load` does. */
function start(...options: string[]) {
  const child = spawn(process.execPath, [LAUNCH, 'load', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
    ([[code], output, words]) => ({ code: code as number | null, output, words }),
  );
  return { child, ended };
}

async function load(...options: string[]): Promise<Report> {
  const { code, output, words } = await start(...options, '--json').ended;
  expect([code, words]).toEqual([0, '']);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Report;
}

interface Ledger {
  received: number;
  stored: number;
  repeated: number;
  rejected: number;
  waiting: number;
}

async function ledger(): Promise<Ledger> {
  const answer = await fetch(`${host.url}/api/system/status`);
  return ((await answer.json()) as { ledger: Ledger }).ledger;
}

describe('the load generator against a real host', () => {
  it('posts batches, and knows what became of every event', async () => {
    const before = await ledger();
    const options = ['--rate', '500', '--seconds', '1', '--batch', '10', '--bad', '5', '--repeated', '5'];
    const report = await load('--target', 'http', '--url', host.url, ...options);
    const { events } = report;
    expect(report.answers).toEqual({ 202: 50 });
    expect(events.sent).toBe(500);
    expect(events.rejected).toBe(events.bad);
    expect(events.accepted).toBe(500 - events.bad);
    expect(report.latency_ms.count).toBe(50);
    expect(report.latency_ms.p50).toBeLessThanOrEqual(report.latency_ms.max);
    const after = await ledger();
    expect(after.received - before.received).toBe(500);
    expect(after.rejected - before.rejected).toBe(events.bad);
    expect(after.repeated - before.repeated).toBe(events.repeated);
  });

  it('posts single events, of which bad ones are refused alone', async () => {
    const options = ['--events', 'activity', '--rate', '100', '--seconds', '1', '--bad', '10'];
    const { answers, events } = await load('--target', 'http', '--url', host.url, ...options);
    expect(answers).toEqual({ 202: 100 - events.bad, 400: events.bad });
  });

  it('sends frames over WebSockets', async () => {
    const options = ['--rate', '300', '--seconds', '1', '--bad', '5'];
    const { answers, events } = await load('--target', 'ws', '--url', host.url, ...options);
    expect(answers).toEqual({ ok: 300 - events.bad, invalid_event: events.bad });
  });

  it('publishes to a stream, of which the host stores all', async () => {
    const before = await ledger();
    const options = ['--rate', '2000', '--seconds', '0.5', '--batch', '10'];
    const { answers } = await load('--target', 'nats', '--url', nats.url, ...options);
    expect(answers).toEqual({ stored: 100 });
    await expect.poll(async () => (await ledger()).stored - before.stored, { timeout: 20_000 }).toBe(1000);
  });

  it('goes as fast as it is answered in closed loop', async () => {
    const options = ['--closed', '--seconds', '0.5', '--connections', '2', '--batch', '5'];
    const { events, latency_ms: latency } = await load('--target', 'http', '--url', host.url, ...options);
    expect(events.accepted).toBe(events.sent);
    expect(latency.count).toBe(events.sent / 5);
  });

  it('ends with the figures so far when it is interrupted', async () => {
    const before = await ledger();
    const { child, ended } = start('--target', 'http', '--url', host.url, '--seconds', '600', '--json');
    await expect
      .poll(async () => (await ledger()).stored, { timeout: 20_000 })
      .toBeGreaterThan(before.stored);
    child.kill('SIGINT');
    const { code, output } = await ended;
    const report = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Report;
    expect([code, report.interrupted]).toEqual([0, true]);
    expect(report.events.accepted).toBeGreaterThan(0);
  });

  it.each([
    [['--target', 'http', '--rate', 'fast'], 2, '--rate takes a number from 0.1 to 5000000, not "fast"'],
    [['--target', 'ws', '--url', 'ws://127.0.0.1:1'], 1, 'ECONNREFUSED'],
  ])('ends %j with %i and words', async (options, expected, message) => {
    const { code, words } = await start(...options).ended;
    expect(code).toBe(expected);
    expect(words).toContain(message);
  });
});
