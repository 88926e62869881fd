import { expect, it } from 'vitest';
import { environmentId } from './environment-table.ts';
import { InvoiceMirrors } from './invoice-mirrors.ts';
import { openForReading } from './database.ts';
import { databaseFile } from './prepare-database.ts';
import { Statements } from './statements.ts';
import { invoiceColumns, makeInvoiceCheckpoint, makeRun } from './testing/invoices.ts';
import { testStore } from './testing/test-store.ts';
import type { Writer } from './writer.ts';

function arrive(writer: Writer, env: string, batch: number, from: number, count: number): void {
  const rows = Array.from({ length: count }, (_, index) => ({ number: `A-${from + index}` }));
  const arrived = [invoiceColumns(rows)];
  writer.invoiceCheckpoint(makeInvoiceCheckpoint(env, batch, { arrived }));
}

function filled() {
  const store = testStore();
  arrive(store.writer, 'dev', 1, 0, 3);
  arrive(store.writer, 'prod', 1, 0, 2);
  const sql = new Statements(openForReading(databaseFile(store.folder)));
  return { ...store, sql, dev: environmentId(sql, 'dev'), prod: environmentId(sql, 'prod') };
}

it('mirrors one environment at a time, and reads only what came since', () => {
  const { writer, sql, dev, prod } = filled();
  const mirrors = new InvoiceMirrors(sql, 100);
  const first = mirrors.of(dev)?.mirror;
  expect([...(first?.ids.subarray(0, first.count) ?? [])]).toEqual([1, 2, 3]);
  arrive(writer, 'dev', 2, 3, 2);
  expect(mirrors.of(dev)?.mirror).toBe(first);
  expect([...(first?.ids.subarray(0, first.count) ?? [])]).toEqual([1, 2, 3, 6, 7]);
  expect([first?.rowOf(3), first?.rowOf(4), first?.rowOf(6), first?.firstAfter(4)]).toEqual([2, -1, 3, 3]);
  expect(mirrors.of(prod)?.mirror.count).toBe(2);
  expect(mirrors.has(dev)).toBe(false);
  sql.db.close();
});

it('mirrors no environment with too many rows', () => {
  const { writer, sql, dev } = filled();
  const mirrors = new InvoiceMirrors(sql, 4);
  expect(mirrors.of(dev)).not.toBeNull();
  arrive(writer, 'dev', 2, 3, 2);
  expect(mirrors.of(dev)).toBeNull();
  expect(mirrors.has(dev)).toBe(false);
  sql.db.close();
});

it('keeps what four filters keep, the last asked for', () => {
  const { sql, dev } = filled();
  const mirrors = new InvoiceMirrors(sql, 100);
  const mirrored = mirrors.of(dev);
  const nothing = { words: null, company: null, currency: null, from: null, to: null, min: null, max: null };
  for (const state of [0, 1, 2, 0, 3, 4]) {
    const query = { env: dev, generation: 1, asOf: 9, filter: { ...nothing, state } };
    if (mirrored !== null) mirrors.setOf(mirrored, query);
  }
  const kept = [...(mirrored?.sets.keys() ?? [])].map((name) => /"state":(\d)/.exec(name)?.[1]);
  expect(kept).toEqual(['2', '0', '3', '4']);
  sql.db.close();
});

it('makes a mirror again when most of it was purged', () => {
  const { writer, sql } = filled();
  writer.saveInvoiceRun('demo', makeRun(1));
  const rows = Array.from({ length: 10_100 }, (_unused, index) => ({ number: `PD-${index}` }));
  const produced = [{ run: 1, generation: 1, invoices: invoiceColumns(rows, 'simulator') }];
  writer.invoiceCheckpoint(makeInvoiceCheckpoint('demo', 1, { produced, show: { run: 1, count: 10_100 } }));
  const mirrors = new InvoiceMirrors(sql, 100_000);
  const demo = environmentId(sql, 'demo');
  expect(mirrors.of(demo)?.mirror.count).toBe(10_100);
  writer.resetInvoices('demo', { from: 1, to: 2, at: 1 });
  while (writer.purgeInvoices('demo', 2, 20_000) > 0);
  expect(mirrors.of(demo)?.mirror.count).toBe(0);
  sql.db.close();
});

it('is warmed some milliseconds at a time: rows first, then the orders of the indexes', () => {
  const { writer, sql, dev } = filled();
  for (let batch = 2; batch < 9; batch += 1) arrive(writer, 'dev', batch, batch * 2_000, 2_000);
  const mirrors = new InvoiceMirrors(sql, 100_000);
  const done: number[] = [];
  do {
    done.push(mirrors.warmSome(dev));
    // Rows behind those that were read would have to be read first.
    expect(mirrors.has(dev)).toBe((done.at(-1) ?? 0) >= 0.7);
  } while ((done.at(-1) ?? 0) < 1);
  expect(done.length).toBeGreaterThan(8);
  expect(done).toEqual([...done].sort((one, other) => one - other));
  const { mirror, ranks } = mirrors.of(dev) ?? {};
  expect(mirror?.count).toBe(14_003);
  expect((['time', 'number', 'company', 'gross'] as const).map((sort) => ranks?.isWarm(sort))).toEqual(
    Array<boolean>(4).fill(true),
  );
  expect(mirrors.warmSome(dev)).toBe(1);
  sql.db.close();
});

it('goes on warming where another query made the rest', () => {
  const { writer, sql, dev, prod } = filled();
  for (let batch = 2; batch < 9; batch += 1) arrive(writer, 'dev', batch, batch * 2_000, 2_000);
  const mirrors = new InvoiceMirrors(sql, 100_000);
  expect(mirrors.warmSome(dev)).toBeLessThan(0.7);
  expect(mirrors.of(dev)?.mirror.count).toBe(14_003);
  expect(mirrors.warmSome(dev)).toBeGreaterThanOrEqual(0.7);
  expect(mirrors.of(prod)?.mirror.count).toBe(2);
  expect(mirrors.warmSome(dev)).toBeLessThan(0.7);
  sql.db.close();
});
