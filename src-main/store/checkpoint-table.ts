import type { Statements } from './statements.ts';

/** The projections by their names in the table of checkpoints: the journal ages out below the least of their positions. */
export const PROJECTIONS = ['portfolios', 'tickers', 'invoices', 'analytics', 'activity'] as const;
/** One of {@link PROJECTIONS}. */
export type ProjectionName = (typeof PROJECTIONS)[number];

/** The batch up to which a projection has read an environment's journal; 0 when it has not begun. */
export function checkpointBatch(sql: Statements, env: number, projection: ProjectionName): number {
  return (
    sql.row<{ batch: number }>(
      'SELECT batch FROM projection_checkpoint WHERE env = ? AND projection = ?',
      env,
      projection,
    )?.batch ?? 0
  );
}

/** Moves a projection's position, inside the transaction of its changes. Throws a RangeError for one that lies before the stored. */
export function moveCheckpoint(
  sql: Statements,
  env: number,
  projection: ProjectionName,
  batch: number,
): void {
  const stored = checkpointBatch(sql, env, projection);
  if (batch < stored) {
    throw new RangeError(`the checkpoint at batch ${batch} lies before the stored one at batch ${stored}`);
  }
  sql.run(
    `INSERT INTO projection_checkpoint (env, projection, batch) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET batch = excluded.batch`,
    env,
    projection,
    batch,
  );
}
