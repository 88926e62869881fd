import type { Statements } from './statements.ts';

/** The slugs whose redaction has been asked for and is not done: no answer names them. Of one environment or of all. */
export function pendingSlugs(sql: Statements, env?: number): ReadonlySet<string> {
  const rows =
    env === undefined
      ? sql.rows<{ slug: string }>('SELECT slug FROM redaction')
      : sql.rows<{ slug: string }>('SELECT slug FROM redaction WHERE env = ?', env);
  return new Set(rows.map(({ slug }) => slug));
}
