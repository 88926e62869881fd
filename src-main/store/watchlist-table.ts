import type { WatchlistRecord } from '../../src-contract/ticker-checkpoint.ts';
import { environmentId } from './environment-table.ts';
import type { Statements } from './statements.ts';

/** Puts these watchlists, in this order, in the place of an environment's. */
export function replaceWatchlists(sql: Statements, envName: string, lists: readonly WatchlistRecord[]): void {
  const env = environmentId(sql, envName);
  sql.run('DELETE FROM watchlist WHERE env = ?', env);
  for (const [place, { id, name, symbols }] of lists.entries()) {
    sql.run(
      'INSERT INTO watchlist (env, place, id, name, symbols) VALUES (?, ?, ?, ?, ?)',
      env,
      place,
      id,
      name,
      JSON.stringify(symbols),
    );
  }
}

/** The watchlists of an environment in their order. */
export function readWatchlists(sql: Statements, env: number): WatchlistRecord[] {
  return sql
    .rows<{
      id: string;
      name: string;
      symbols: string;
    }>('SELECT id, name, symbols FROM watchlist WHERE env = ? ORDER BY place', env)
    .map(({ id, name, symbols }) => ({ id, name, symbols: JSON.parse(symbols) as string[] }));
}
