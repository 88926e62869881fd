import { RUN_LIMITS } from '../../src-contract/invoice.ts';
import type { InvoiceCheckpoint } from '../../src-contract/invoice-store.ts';
import { isTaken, lastInvoiceId, ROW_COLUMNS, rowValues, rowWords } from './invoice-insert.ts';
import { countRun, findRun, insertRun, type StoredRun, waitingId } from './invoice-run-table.ts';
import { isReset, stateRow } from './invoice-state.ts';
import { InvoiceSums } from './invoice-sums.ts';
import { addToTotals } from './invoice-total-table.ts';
import type { Statements } from './statements.ts';

type Produced = InvoiceCheckpoint['produced'][number];

/**
 * Adds what a run produced to the end of its backlog; answers how many were ignored: those whose number is taken, and all
 * of a generation that was purged.
 */
export function addProduced(sql: Statements, env: number, produced: Produced, at: number): number {
  const { invoices } = produced;
  const run = findRun(sql, env, produced.run) ?? lostRun(sql, env, produced, at);
  if (run === undefined) return invoices.count;
  let added = 0;
  for (let index = 0; index < invoices.count; index += 1) {
    if (isTaken(sql, env, invoices.numbers[index] ?? '')) continue;
    added += 1;
    sql.run(
      `INSERT INTO invoice_waiting (id, env, ${ROW_COLUMNS}, received_at, event, extras, words)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      waitingId(run, run.produced + added),
      env,
      ...rowValues(invoices, index),
      invoices.receivedAt[index] ?? 0,
      invoices.events[index] ?? 0,
      invoices.extras[index] ?? '',
      rowWords(invoices, index),
    );
  }
  countRun(sql, run, added, 0);
  return invoices.count - added;
}

/** A run whose record is missing is kept as one that has ended; undefined when its generation is gone. */
function lostRun(sql: Statements, env: number, produced: Produced, at: number): StoredRun | undefined {
  const { run, generation, invoices } = produced;
  if (generation !== stateRow(sql, env).generation && !isReset(sql, env, generation)) return undefined;
  insertRun(sql, env, {
    run,
    generation,
    state: 'finished',
    seed: 0,
    ratePerS: RUN_LIMITS.rate_per_s.default,
    displayRatePerS: RUN_LIMITS.display_rate_per_s.default,
    durationS: RUN_LIMITS.duration_s.default,
    planned: 0,
    vatBasisPoints: invoices.vatBasisPoints[0] ?? 0,
    startedAt: at,
    endedAt: at,
  });
  return findRun(sql, env, run);
}

/** Shows the head of a run's backlog, when its generation is in view; answers how many, fewer when it holds fewer. */
export function showWaiting(
  sql: Statements,
  env: number,
  { run: number, count }: { run: number; count: number },
  shownAt: number,
  added: InvoiceSums,
): number {
  const run = findRun(sql, env, number);
  if (run === undefined || run.generation !== stateRow(sql, env).generation) return 0;
  const shown = Math.min(count, run.produced - run.shown);
  if (shown <= 0) return 0;
  const range = [waitingId(run, run.shown + 1), waitingId(run, run.shown + shown)];
  const last = lastInvoiceId(sql);
  const shift = last + 1 - waitingId(run, run.shown + 1);
  sql.run(
    `INSERT INTO invoice (id, env, generation, ${ROW_COLUMNS})
      SELECT id + ?, env, ?, ${ROW_COLUMNS} FROM invoice_waiting WHERE id BETWEEN ? AND ? ORDER BY id`,
    shift,
    run.generation,
    ...range,
  );
  sql.run(
    `INSERT INTO invoice_detail (id, received_at, shown_at, run, event, extras)
      SELECT id + ?, received_at, ?, ?, event, extras FROM invoice_waiting WHERE id BETWEEN ? AND ? ORDER BY id`,
    shift,
    shownAt,
    number,
    ...range,
  );
  sql.run(
    `INSERT INTO invoice_text (rowid, words)
      SELECT id + ?, words FROM invoice_waiting WHERE id BETWEEN ? AND ? ORDER BY id`,
    shift,
    ...range,
  );
  const sums = sumWaiting(sql, range);
  sql.run('DELETE FROM invoice_waiting WHERE id BETWEEN ? AND ?', ...range);
  countRun(sql, run, 0, shown);
  addToTotals(sql, env, run.generation, sums.list(), { first: last + 1, newest: last + shown });
  for (const one of sums.list()) added.add(one);
  return shown;
}

function sumWaiting(sql: Statements, range: readonly number[]): InvoiceSums {
  const sums = new InvoiceSums();
  const rows = sql.rows<{ currency: string; net: number; vat: number; gross: number }>(
    'SELECT currency, net, vat, gross FROM invoice_waiting WHERE id BETWEEN ? AND ?',
    ...range,
  );
  for (const { currency, net, vat, gross } of rows) sums.addRow(currency, net, vat, gross);
  return sums;
}
