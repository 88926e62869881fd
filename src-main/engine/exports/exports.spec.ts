import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallArgs } from '../../../src-contract/channels.ts';
import type { Job } from '../../../src-contract/job.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { exportsFolder } from '../jobs/job-files.ts';
import { InlineEngine } from '../testing/inline-engine.ts';

const ENV = 'dev';

/** An engine with invoices, … of 10, 20, … USD net each. */
async function engineWith(invoices: number, folder = newFolder()): Promise<InlineEngine> {
  const engine = await InlineEngine.start({ dataFolder: folder, env: ENV, demo: { on: false, seed: 7 } });
  onTestFinished(() => engine.stop());
  for (let index = 1; index <= invoices; index += 1) {
    await issue(engine, `A-${index}`, { company: `Company ${index % 3}`, net: `${index * 10}` });
  }
  return engine;
}

async function issue(engine: InlineEngine, number: string, invoice: object): Promise<void> {
  const issued = engine.client.call('invoice.issue', { number, invoice });
  await engine.clock.advance(1000);
  await issued;
}

function newFolder(): string {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  return folder;
}

/** Exports, and answers how the job ended. */
async function exported(engine: InlineEngine, args: CallArgs<'invoices.export'>): Promise<Job> {
  const { id } = await engine.ask('invoices.export', args);
  await engine.clock.advance(100);
  const { items } = await engine.ask('jobs.list', {});
  const job = items.find((one) => one.id === id);
  if (job === undefined) throw new Error('the job is not listed');
  return job;
}

const filesOf = (engine: InlineEngine): string[] => readdirSync(exportsFolder(engine.folder));

describe('an export', () => {
  it('is a job whose file has what the filter keeps, in its order', async () => {
    const engine = await engineWith(7);
    const feed = engine.follow('jobs', {});
    const job = await exported(engine, { format: 'csv', filter: { company: 'Company 1' }, sort: 'gross' });
    expect(job).toMatchObject({
      kind: 'export',
      state: 'done',
      title: 'Export of 3 invoices as CSV',
      done: 3,
      total: 3,
      file: { url: `/api/jobs/${job.id}/file` },
    });
    expect(feed.rows).toEqual([job]);
    expect(filesOf(engine)).toEqual([`${job.id}.csv`]);
    const file = readFileSync(join(exportsFolder(engine.folder), `${job.id}.csv`));
    expect(job.file?.bytes).toBe(file.length);
    const records: Record<string, string>[] = parse(file, { columns: true });
    expect(records.map(({ number, count, net }) => [number, count, net])).toEqual([
      ['A-1', '', '10.00'],
      ['A-4', '', '40.00'],
      ['A-7', '', '70.00'],
      ['', '3', '120.00'],
    ]);
  });

  it('follows an order that no index serves', async () => {
    const engine = await engineWith(5);
    const { id } = await exported(engine, { format: 'json', filter: {}, sort: 'state,-net' });
    const file = JSON.parse(readFileSync(join(exportsFolder(engine.folder), `${id}.json`), 'utf8')) as {
      invoices: { number: string }[];
    };
    expect(file.invoices.map(({ number }) => number)).toEqual(['A-5', 'A-4', 'A-3', 'A-2', 'A-1']);
  });

  it('takes only what was there as of an id', async () => {
    const engine = await engineWith(5);
    expect(await exported(engine, { format: 'csv', filter: {}, as_of: 2 })).toMatchObject({ done: 2 });
  });

  it('is refused when the filter has no answer', async () => {
    const engine = await engineWith(1);
    await expect(
      engine.ask('invoices.export', { format: 'csv', filter: { q: '%%%' } }),
    ).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(await engine.ask('jobs.list', {})).toEqual({ items: [], next_cursor: null });
  });

  it('leaves no file behind when it is cancelled', async () => {
    const engine = await engineWith(1);
    const { id } = await engine.ask('invoices.export', { format: 'parquet', filter: {} });
    const listed = await engine.ask('job.cancel', { id });
    expect(['cancelled', 'done']).toContain(listed.state);
    if (listed.state === 'done') expect(await engine.ask('jobs.list', {})).toMatchObject({ items: [] });
    expect(filesOf(engine)).toEqual([]);
  });

  it('leaves nothing for the next start', async () => {
    const folder = newFolder();
    mkdirSync(exportsFolder(folder));
    writeFileSync(join(exportsFolder(folder), 'old-1.csv.part'), 'half');
    writeFileSync(join(exportsFolder(folder), 'old-2.csv'), 'whole');
    const engine = await engineWith(0, folder);
    expect(filesOf(engine)).toEqual([]);
    expect(existsSync(exportsFolder(folder))).toBe(true);
  });
});
