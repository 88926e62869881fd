import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MAX_IMPORT_PART } from '../../../src-contract/frames.ts';
import type { ImportReport } from '../../../src-contract/invoice.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { exportsFolder } from '../jobs/job-files.ts';
import { InlineEngine } from '../testing/inline-engine.ts';
import { IDLE_MS } from './open-imports.ts';

const HEADER = 'number,company,currency,issued_at,vat_percent,net,vat,gross';
const ISSUED = '2026-05-01T00:00:00.000Z';

async function newEngine(env = 'dev', folder = newFolder()): Promise<InlineEngine> {
  const engine = await InlineEngine.start({ dataFolder: folder, env, demo: { on: false, seed: 7 } });
  onTestFinished(() => engine.stop());
  return engine;
}

function newFolder(): string {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  return folder;
}

/** What a promise comes to, while files are read and the clock goes on. */
async function during<T>(engine: InlineEngine, promise: Promise<T>): Promise<T> {
  const state = { over: false };
  const done = (): void => {
    state.over = true;
  };
  promise.then(done, done);
  for (let turn = 0; !state.over; turn += 1) {
    // Reading files takes its time: little of the clock's, so that no call times out.
    await engine.clock.advance(turn % 10 === 0 ? 1 : 0);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return promise;
}

async function opened(engine: InlineEngine, text: string): Promise<string> {
  const { id } = await engine.ask('import.begin', { name: 'some.csv' });
  for (let at = 0; at < text.length; at += MAX_IMPORT_PART) {
    await during(
      engine,
      engine.client.call('import.part', { id, text: text.slice(at, at + MAX_IMPORT_PART) }),
    );
  }
  return id;
}

async function checked(engine: InlineEngine, text: string): Promise<ImportReport> {
  const id = await opened(engine, text);
  return during(engine, engine.client.call('import.check', { id })).finally(() =>
    during(engine, engine.client.call('import.drop', { id })),
  );
}

async function applied(engine: InlineEngine, text: string): Promise<ImportReport> {
  const id = await opened(engine, text);
  return during(engine, engine.client.call('import.apply', { id })).finally(() =>
    during(engine, engine.client.call('import.drop', { id })),
  );
}

const csv = (...lines: string[]): string => [HEADER, ...lines, ''].join('\n');
const row = (number: string, net: string, vat: string, gross: string): string =>
  `${number},Some Company,USD,${ISSUED},15,${net},${vat},${gross}`;
const GOOD = csv(row('A-1', '100.00', '15.00', '115.00'), row('A-2', '1091.50', '163.73', '1255.23'));

async function exportOf(engine: InlineEngine): Promise<string> {
  const { id } = await engine.ask('invoices.export', { format: 'csv', filter: {}, sort: 'number' });
  await engine.clock.advance(100);
  return readFileSync(join(exportsFolder(engine.folder), `${id}.csv`), 'utf8');
}

describe('an import', () => {
  it('says what it would add, and changes nothing, before it is applied', async () => {
    const engine = await newEngine();
    const report = await checked(engine, GOOD);
    expect(report).toMatchObject({ rows: 2, added: 2, unchanged: 0, conflicts: 0, invalid: 0, problems: [] });
    expect(report.totals.totals).toMatchObject([{ currency: 'USD', count: 2, gross: { amount: '1370.23' } }]);
    expect(await engine.ask('invoices.list', {})).toMatchObject({ items: [], count: 0 });
  });

  it('stores what is new, once, as a job', async () => {
    const engine = await newEngine();
    expect(await applied(engine, GOOD)).toMatchObject({ added: 2, unchanged: 0 });
    expect(await engine.ask('invoices.list', { sort: 'number' })).toMatchObject({
      items: [
        { number: 'A-1', source: 'import', issued_at: ISSUED, gross: { amount: '115.00', currency: 'USD' } },
        { number: 'A-2', source: 'import', vat: { amount: '163.73', currency: 'USD' } },
      ],
    });
    expect(await applied(engine, GOOD)).toMatchObject({ added: 0, unchanged: 2 });
    expect(await engine.ask('invoices.stats', {})).toMatchObject({ count: 2 });
    expect((await engine.ask('jobs.list', {})).items).toMatchObject([
      { kind: 'import', title: 'Import of some.csv', state: 'done', done: 2, total: 2, file: null },
      { kind: 'import', state: 'done' },
    ]);
  });

  it('of an export finds everything unchanged, and brings it into another environment', async () => {
    const engine = await newEngine();
    const hostile = '"=cmd(""a"")"';
    const text = csv(
      `-1,${hostile},JPY,${ISSUED},7.5,-1000,-75,-1075`,
      `"'=2","+ 'x', y",KWD,${ISSUED},,10.001,0.333,10.334`,
      `A-3,@you,USD,${ISSUED},,0,0,0`,
    );
    expect(await applied(engine, text)).toMatchObject({ added: 3, problems: [] });
    const file = await exportOf(engine);
    expect(await checked(engine, file)).toMatchObject({ rows: 3, added: 0, unchanged: 3, conflicts: 0 });
    await during(engine, engine.client.call('environment.set', { name: 'other' }));
    expect(await applied(engine, file)).toMatchObject({ added: 3, problems: [] });
    const again = await exportOf(engine);
    expect(again).toBe(file);
  });

  it('leaves out what differs from the stored, and says in what', async () => {
    const engine = await newEngine();
    await applied(engine, GOOD);
    const report = await applied(engine, csv(row('A-1', '200.00', '30.00', '230.00')));
    expect(report).toMatchObject({ added: 0, conflicts: 1 });
    expect(report.problems).toEqual([
      {
        line: 2,
        number: 'A-1',
        kind: 'conflict',
        reason: 'net is 200.00 USD, and 100.00 USD in the stored invoice of that number',
      },
    ]);
  });

  it('says what an amount is where a cell is none', async () => {
    const engine = await newEngine();
    const report = await checked(engine, csv(row('A-1', '"1,00"', '0.15', '1.15')));
    expect(report.problems).toMatchObject([
      {
        line: 2,
        kind: 'invalid',
        reason: expect.stringMatching(/^net must be an exact decimal such as 1234\.56/),
      },
    ]);
  });

  it.each([
    [';', 'semicolons'],
    ['\t', 'tabs'],
  ])('refuses a file whose cells are separated by %j, and says so', async (separator, name) => {
    const engine = await newEngine();
    const text = GOOD.replaceAll(',', separator);
    await expect(checked(engine, text)).rejects.toMatchObject({
      code: 'invalid_argument',
      message: `line 1: the cells are separated by ${name}; commas are accepted`,
    });
  });

  it('refuses a row that is issued or due in another age, naming the field and what is accepted', async () => {
    const engine = await newEngine();
    const late = row('A-1', '100.00', '15.00', '115.00').replace(ISSUED, '9999-12-31T00:00:00.000Z');
    const report = await checked(engine, csv(late, row('A-2', '100.00', '15.00', '115.00')));
    expect(report).toMatchObject({ added: 1, invalid: 1 });
    expect(report.problems).toMatchObject([
      { line: 2, reason: expect.stringMatching(/^issued_at "9999.* 1970-01-01 to 366 days after/) },
    ]);
  });

  it('refuses in demo numbers that the simulator will give', async () => {
    const engine = await newEngine('demo');
    const report = await checked(engine, csv(row('PD-00000007', '1.00', '0.15', '1.15')));
    expect(report.problems).toMatchObject([
      { kind: 'conflict', reason: expect.stringContaining('simulator') },
    ]);
  });

  it('takes a character that two parts share', async () => {
    const engine = await newEngine();
    const { id } = await engine.ask('import.begin', { name: 'emoji.csv' });
    const text = csv(row('A-1', '100.00', '15.00', '115.00')).replace('Some', '😀');
    const middle = text.indexOf('😀') + 1;
    for (const part of [text.slice(0, middle), text.slice(middle)]) {
      await during(engine, engine.client.call('import.part', { id, text: part }));
    }
    await during(engine, engine.client.call('import.apply', { id }));
    expect((await engine.ask('invoices.list', {})).items).toMatchObject([{ company: '😀 Company' }]);
  });

  it('ends when it is left alone, and leaves nothing for the next start', async () => {
    const folder = newFolder();
    const imports = join(folder, 'imports');
    mkdirSync(imports);
    writeFileSync(join(imports, 'old-1.csv'), 'left');
    const engine = await newEngine('dev', folder);
    expect(readdirSync(imports)).toEqual([]);
    const first = await opened(engine, GOOD);
    await opened(engine, GOOD);
    await expect(engine.ask('import.begin', { name: 'third.csv' })).rejects.toMatchObject({
      code: 'too_many',
    });
    await engine.clock.advance(IDLE_MS + 60_000);
    await expect(engine.ask('import.check', { id: first })).rejects.toMatchObject({ code: 'not_found' });
    const { id } = await engine.ask('import.begin', { name: 'third.csv' });
    await during(engine, engine.client.call('import.drop', { id }));
    expect(existsSync(join(imports, `${first}.csv`))).toBe(false);
  });
});

describe('a row of an import', () => {
  it.each([
    [
      'with other figures than it comes to',
      row('A-1', '100.00', '15.00', '116.00'),
      /gross 116.00 is not net \+ VAT/,
    ],
    ['with a wrong VAT', row('A-1', '100.00', '14.00', '114.00'), /vat 14.00 is not 15 % of the net 100.00/],
    ['with too many decimals', row('A-1', '100.001', '15.00', '115.00'), /net 100.001 is no amount of USD/],
    ['without a net amount', row('A-1', '', '15.00', '115.00'), /net is missing/],
    ['with a NUL', row('A\u0000-1', '100.00', '15.00', '115.00'), /number has control characters/],
    ['with too few cells', 'A-1,Some Company', /the row has 2 cells, the header 8/],
    ['with too many cells', `${row('A-1', '1.00', '0.15', '1.15')},x`, /the row has 9 cells, the header 8/],
    ['with no number', row('', '1.00', '0.15', '1.15'), /number/],
    ['with an amount that is a formula', row('A-1', '"=1+1"', '0.15', '1.15'), /net/],
  ])('%s is invalid, the others go in', async (_what, line, reason) => {
    const engine = await newEngine();
    const report = await applied(engine, csv(line, row('A-2', '1.00', '0.15', '1.15')));
    expect(report).toMatchObject({ rows: 2, added: 1, invalid: 1 });
    expect(report.problems).toMatchObject([
      { line: 2, kind: 'invalid', reason: expect.stringMatching(reason) },
    ]);
  });

  it('that repeats a number of the file is a conflict that names the first line', async () => {
    const engine = await newEngine();
    const good = row('A-1', '1.00', '0.15', '1.15');
    const report = await checked(engine, csv(good, '', good));
    expect(report).toMatchObject({ added: 1, conflicts: 1 });
    expect(report.problems).toMatchObject([
      { line: 4, reason: 'line 2 of the file has this number already' },
    ]);
  });

  it('is named by its line, also behind cells of several lines', async () => {
    const engine = await newEngine();
    const text = csv(
      row('A-1', '1.00', '0.15', '1.15').replace('Some', '"a\r\nb\nc').replace(',USD', '",USD'),
      row('A-2', 'x', '0.15', '1.15'),
    );
    const { problems } = await checked(engine, text.replaceAll(/(?<!\r)\n/g, '\r\n'));
    expect(problems.map(({ line }) => line)).toEqual([2, 5]);
  });
});

describe('a file that is no import', () => {
  const good = row('A-1', '1.00', '0.15', '1.15');
  it.each([
    ['whose quote is not closed', csv(good, 'A-2,"Some Company'), /line 3: a quote is opened and not closed/],
    ['whose quote is not closed for long', csv(good, `A-2,"${'x\n'.repeat(40_000)}`), /line 3: .*not closed/],
    [
      'with a cell of a megabyte',
      csv(good, `A-2,${'x'.repeat(1_000_000)}`),
      /line 3: a row has more than 65,536/,
    ],
    [
      'with a quote inside of a cell',
      csv(good, 'A-2,Some "Company"'),
      /line 3: a quote stands inside a cell/,
    ],
    ['with text behind a quoted cell', csv(good, 'A-2,"Some" Company'), /line 3: a cell goes on/],
    ['without its columns', 'number,company\n', /line 1: the header has no net/],
    ['with columns that nobody knows', 'number,company,net,colour\n', /line 1: there is no column "colour"/],
    ['with a column twice', 'number,company,net,net\n', /line 1: the column net is there twice/],
    ['that is empty', '', /line 1: the file is empty/],
  ])('%s is refused as a whole', async (_what, text, message) => {
    const engine = await newEngine();
    await expect(applied(engine, text)).rejects.toMatchObject({
      code: 'invalid_argument',
      message: expect.stringMatching(message),
    });
    expect(await engine.ask('invoices.stats', {})).toMatchObject({ count: 0 });
  });

  it.each([
    ['a byte order mark', `\uFEFF${GOOD}`],
    ['CRLF', GOOD.replaceAll('\n', '\r\n')],
    ['no line break at its end', GOOD.trimEnd()],
    ['its columns in another order', 'net,company,number\n1.00,Some,A-1\n2.00,Some,A-2\n'],
  ])('is not one with %s', async (_what, text) => {
    const engine = await newEngine();
    expect(await checked(engine, text)).toMatchObject({ rows: 2, added: 2, problems: [] });
  });
});
