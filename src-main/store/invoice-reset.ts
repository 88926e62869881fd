import type { InvoiceReset } from '../../src-contract/invoice-store.ts';
import { environmentId } from './environment-table.ts';
import { runsOf } from './invoice-run-table.ts';
import { newestReset, stateRow } from './invoice-state.ts';
import type { Statements } from './statements.ts';

/**
 * Takes a generation out of view, with its backlog. Called inside a transaction. Throws a RangeError when it is not the
 * one in view, or the one that follows is no later one.
 */
export function resetInvoices(sql: Statements, envName: string, { from, to, at }: InvoiceReset): void {
  const env = environmentId(sql, envName);
  const { generation } = stateRow(sql, env);
  if (from !== generation) throw new RangeError(`generation ${from} is not in view, ${generation} is`);
  if (to <= from) throw new RangeError(`generation ${to} cannot follow ${from}: generations rise`);
  sql.run(
    'INSERT INTO invoice_reset (env, from_generation, to_generation, at) VALUES (?, ?, ?, ?)',
    env,
    from,
    to,
    at,
  );
  setGeneration(sql, env, to);
}

/**
 * Takes the newest reset back. Called inside a transaction. Throws a RangeError when there is none whose rows are all
 * there, or when a run has begun since.
 */
export function undoInvoiceReset(sql: Statements, envName: string): void {
  const env = environmentId(sql, envName);
  const reset = newestReset(sql, env);
  if (reset === null || reset.to !== stateRow(sql, env).generation) {
    throw new RangeError('there is no reset that can be taken back');
  }
  if (runsOf(sql, env, reset.to).length > 0) {
    throw new RangeError('the reset cannot be taken back: another run has begun since');
  }
  sql.run(
    'DELETE FROM invoice_reset WHERE env = ? AND to_generation = ? AND purged_to IS NULL',
    env,
    reset.to,
  );
  setGeneration(sql, env, reset.from);
}

function setGeneration(sql: Statements, env: number, generation: number): void {
  sql.run(
    'INSERT INTO invoice_state (env, generation) VALUES (?, ?) ON CONFLICT DO UPDATE SET generation = excluded.generation',
    env,
    generation,
  );
}
