import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type HostProcess } from '../fixtures/host-process.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const run = promisify(execFile);
const folder = temporaryFolder();
let host: HostProcess;

beforeAll(async () => {
  host = await startHost(['--port', '0', '--data', folder.path, '--env', 'dev', '--no-demo'], folder.path);
});
afterAll(async () => {
  await host.stop('SIGTERM');
  folder.remove();
});

/** Runs a command line of a shell, with the address of this host in place of the one it names. */
async function curl(line: string): Promise<{ status: number; body: unknown }> {
  const command = `${line.replace('http://localhost:4000', host.url)} -s -w '\\n%{http_code}'`;
  const { stdout } = await run('sh', ['-c', command]);
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), body: JSON.parse(stdout.slice(0, end)) as unknown };
}

describe('the calls that people have in their scripts', () => {
  it.each([
    ['curl http://localhost:4000/api/stats', 200, { count: 0 }],
    ['curl http://localhost:4000/api/system/status', 200, { env: 'dev' }],
    ['curl "http://localhost:4000/api/invoices?limit=20"', 200, { items: [] }],
    [
      `curl -X POST http://localhost:4000/api/activity -H "Content-Type: application/json" -d '{"user":"user@example.com","type":"task_created"}'`,
      202,
      { accepted: 1, rejected: [] },
    ],
    [
      `curl -X POST http://localhost:4000/api/events -H "Content-Type: application/json" -d '{"type":"page_view","user_id":"user_123","page":"/products","value":1}'`,
      202,
      { accepted: 1, rejected: [] },
    ],
    // Without a header curl calls the body a form.
    [`curl http://localhost:4000/api/events -d '{"type":"conversion"}'`, 202, { accepted: 1 }],
  ])('%s', async (line, status, body) => {
    expect(await curl(line)).toMatchObject({ status, body });
  });

  it('start and stop the run of invoices in its environment', async () => {
    await curl(
      `curl -X PUT http://localhost:4000/api/environment -H "Content-Type: application/json" -d '{"name":"demo"}'`,
    );
    expect(await curl('curl -X POST http://localhost:4000/api/control/start')).toMatchObject({ status: 200 });
    expect(await curl('curl -X POST http://localhost:4000/api/control/start')).toMatchObject({ status: 409 });
    expect(await curl('curl -X POST http://localhost:4000/api/control/stop')).toMatchObject({ status: 200 });
    await curl(
      `curl -X PUT http://localhost:4000/api/environment -H "Content-Type: application/json" -d '{"name":"dev"}'`,
    );
  });

  it('find their events counted', async () => {
    const { body } = await curl('curl http://localhost:4000/api/metrics/summary');
    expect(body).toMatchObject({
      days: [{ total: 1, by_type: { task_created: 1 } }],
      top_users: [{ user: 'user@example.com', count: 1 }],
    });
    const analytics = async () =>
      (await curl('curl "http://localhost:4000/api/analytics/summary?window=start"')).body;
    const figures = { total: 2, value: { count: 1, sum: 1 }, users: { distinct: 1 } };
    await expect.poll(analytics, { timeout: 20_000 }).toMatchObject(figures);
  });

  it('are told what is wrong with an event, and where', async () => {
    const bad = `curl http://localhost:4000/api/events -H "Content-Type: application/json" -d '{"type":7}'`;
    expect(await curl(bad)).toMatchObject({ status: 400, body: { code: 'invalid_event', field: '/type' } });
    const broken = `curl http://localhost:4000/api/events -H "Content-Type: application/json" -d '{"type":'`;
    expect(await curl(broken)).toMatchObject({ status: 400, body: { code: 'invalid_json', position: 8 } });
    const rejects = await curl('curl http://localhost:4000/api/rejects');
    expect(rejects.body).toMatchObject({ items: [{ subject: 'analytics.event' }] });
  });
});
