import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CallResult } from '../../../src-contract/channels.ts';
import type { Job } from '../../../src-contract/job.ts';
import { startEngineCore, type Engine } from '../../engine/engine.ts';
import { threadExport } from '../../engine/exports/thread-export.ts';
import { exportsFolder } from '../../engine/jobs/job-files.ts';
import { systemClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { startHttpHost, type HttpHost } from '../http-host.ts';

const ROWS = 20_000;
const { folder, remove } = makeFolder();
let store: Store;
let engine: Engine;
let host: HttpHost;

beforeAll(async () => {
  store = await openStore({ folder, mode: 'threads', log: silentLog, clock: systemClock });
  engine = await startEngineCore(
    {
      version: '1.2.3',
      dataFolder: folder,
      env: 'dev',
      nats: null,
      stockApi: null,
      demo: { on: false, seed: 7 },
      logLevel: 'error',
      overridden: [],
      batch: { events: 1000, lingerMs: 5 },
    },
    {
      store,
      clock: systemClock,
      random: seededRandom(7),
      log: silentLog,
      runExport: threadExport,
      crash: (error) => {
        throw error;
      },
    },
  );
  host = await startHttpHost({
    engine: {
      state: { state: 'running', since: 0 },
      onState: () => () => undefined,
      connect: (identity, deliver) => engine.connect(identity, deliver),
      intake: () => Promise.reject(new Error('no events are posted here')),
      audit: () => undefined,
      stop: () => engine.stop(),
    },
    listen: { host: '127.0.0.1', port: 0, token: null, readToken: null, allowedHosts: [] },
    version: '1.2.3',
    dataFolder: folder,
    clock: systemClock,
    log: silentLog,
    rendererFolder: '/nowhere',
  });
});
afterAll(async () => {
  await host.stop();
  await engine.stop();
  await store.stop();
  remove();
});

const at = (path: string): string => `${host.url}${path}`;
const files = (): string[] => [
  ...readdirSync(exportsFolder(folder)),
  ...readdirSync(join(folder, 'imports')),
];

function csvOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const net = (index + 1) * 20;
    const [whole, vat] = [net, (net * 15) / 100];
    return `N-${index},"Company ${index % 50}, Ltd",EUR,${whole}.00,${vat}.00,${whole + vat}.00`;
  });
  return ['number,company,currency,net,vat,gross', ...lines, ''].join('\r\n');
}

function post(query: string, body: string | Uint8Array<ArrayBuffer>, type = 'text/csv'): Promise<Response> {
  const headers = { 'content-type': type };
  return fetch(at(`/api/import/invoices${query}`), { method: 'POST', body, headers });
}

async function jobs(): Promise<Job[]> {
  const { items } = (await (await fetch(at('/api/jobs'))).json()) as CallResult<'jobs.list'>;
  return items;
}

describe('files of invoices over HTTP', () => {
  it('come in: tried first, then stored, then known', async () => {
    const body = csvOf(ROWS);
    const tried = await post('?dry_run=true', body);
    expect([tried.status, await tried.json()]).toMatchObject([200, { rows: ROWS, added: ROWS, invalid: 0 }]);
    expect(await (await fetch(at('/api/stats'))).json()).toMatchObject({ count: 0 });
    expect(await (await post('', body)).json()).toMatchObject({ added: ROWS, unchanged: 0, problems: [] });
    expect(await (await post('?dry_run=false', body)).json()).toMatchObject({ added: 0, unchanged: ROWS });
    expect(await (await fetch(at('/api/stats'))).json()).toMatchObject({ count: ROWS });
    expect(files()).toEqual([]);
  }, 60_000);

  it('go out as CSV with exactly what is filtered, and can come in again', async () => {
    const answer = await fetch(at('/api/export/invoices.csv?company=Company%207%2C%20Ltd&sort=net'));
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="invoices.csv"');
    const text = await answer.text();
    const records: Record<string, string>[] = parse(text, { columns: true });
    expect(records.slice(0, -1).map(({ number }) => number)).toEqual(
      Array.from({ length: ROWS / 50 }, (_, index) => `N-${index * 50 + 7}`),
    );
    expect(records.at(-1)).toMatchObject({ record: 'total', count: `${ROWS / 50}` });
    expect(await (await post('?dry_run=true', text)).json()).toMatchObject({
      added: 0,
      unchanged: ROWS / 50,
    });
  });

  it('go out as JSON and Parquet with all rows and the totals of the list', async () => {
    const { totals } = (await (await fetch(at('/api/stats'))).json()) as CallResult<'invoices.stats'>;
    const json = (await (await fetch(at('/api/export/invoices.json'))).json()) as {
      invoices: { number: string }[];
      totals: object;
    };
    expect(json.totals).toEqual(totals);
    expect(new Set(json.invoices.map(({ number }) => number)).size).toBe(ROWS);
    const file = await (await fetch(at('/api/export/invoices.parquet'))).arrayBuffer();
    const rows = await parquetReadObjects({ file, columns: ['gross_minor'] });
    const gross = rows.reduce((sum, row) => sum + (row['gross_minor'] as bigint), 0n);
    expect(`${gross / 100n}.00`).toBe(totals[0]?.gross.amount);
  }, 30_000);

  it('leave nothing behind when they were sent, or when the client went away', async () => {
    const gone = new AbortController();
    const answer = await fetch(at('/api/export/invoices.json'), { signal: gone.signal });
    const reader = answer.body?.getReader();
    await reader?.read();
    gone.abort();
    await vi.waitFor(async () =>
      expect((await onlyExports()).filter(({ state }) => state !== 'cancelled')).toEqual([]),
    );
    expect(files()).toEqual([]);
  });

  it('can be had of a job while it is listed', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ format: 'csv', filter: { max: '50' } });
    const begun = await fetch(at('/api/invoices/export'), { method: 'POST', body, headers });
    const { id } = (await begun.json()) as Job;
    const made = await vi.waitUntil(async () => (await jobs()).find((job) => job.id === id)?.file);
    const answer = await fetch(at(made.url));
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${made.name}"`);
    expect(Number(answer.headers.get('content-length'))).toBe(made.bytes);
    expect((await answer.bytes()).length).toBe(made.bytes);
    await fetch(at(`/api/jobs/${id}`), { method: 'DELETE' });
    expect((await fetch(at(made.url))).status).toBe(404);
    expect(files()).toEqual([]);
  });

  it.each([
    ['a filter that nobody knows', '/api/export/invoices.csv?colour=red', 400],
    ['a filter that has no answer', '/api/export/invoices.csv?q=%25%25', 400],
    ['a format that nobody knows', '/api/export/invoices.xlsx', 404],
    ['the file of no job', '/api/jobs/nobody/file', 404],
    ['the file of a path', '/api/jobs/..%2F..%2Fpulse/file', 404],
  ])('are refused for %s', async (_what, path, status) => {
    const answer = await fetch(at(path));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it.each([
    ['another type', post.bind(null, '', '{}', 'application/json'), 415, /text\/csv/],
    ['bytes that are not UTF-8', post.bind(null, '', new Uint8Array([0x61, 0xff])), 400, /not UTF-8/],
    [
      'text that is no CSV',
      post.bind(null, '', 'number,company,net\nA,"B,1'),
      400,
      /line 2: a quote is opened/,
    ],
    ['nothing', post.bind(null, '', ''), 400, /line 1: the file is empty|body is missing/],
    ['an option that nobody knows', post.bind(null, '?dryrun=true', 'x'), 400, /dryrun/],
  ])('do not come in as %s', async (_what, send, status, detail) => {
    const answer = await send();
    expect([answer.status, await answer.json()]).toMatchObject([
      status,
      { detail: expect.stringMatching(detail) },
    ]);
    expect(files()).toEqual([]);
  });

  it('do not come in from a foreign page', async () => {
    const headers = { 'content-type': 'text/csv', origin: 'https://elsewhere.example' };
    const answer = await fetch(at('/api/import/invoices'), { method: 'POST', body: csvOf(1), headers });
    expect(answer.status).toBe(403);
  });
});

async function onlyExports(): Promise<Job[]> {
  return (await jobs()).filter(({ kind }) => kind === 'export');
}
