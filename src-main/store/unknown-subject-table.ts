import { hideInSubject } from '../../src-contract/hidden-slug.ts';
import { pendingSlugs } from './pending-slugs.ts';
import type { Statements } from './statements.ts';

/** Names of unknown subjects kept per environment; beyond, they count under {@link OTHER_SUBJECTS}. */
const SUBJECTS_KEPT = 1_000;

/** The name under which unknown subjects count that came after the first 1,000. */
export const OTHER_SUBJECTS = 'other';

/** Longer names are cut: NATS allows any length. */
const SUBJECT_LENGTH = 256;

/** Counts messages on subjects that the app does not remember; answers how many there were. */
export function countUnknownSubjects(
  sql: Statements,
  env: number,
  others: readonly { subject: string; count: number }[],
): number {
  let total = 0;
  for (const { subject, count } of others) {
    total += count;
    countSubject(sql, env, subject.slice(0, SUBJECT_LENGTH), count);
  }
  return total;
}

function countSubject(sql: Statements, env: number, subject: string, count: number): void {
  const known = sql.run(
    'UPDATE unknown_subject SET count = count + ? WHERE env = ? AND subject = ?',
    count,
    env,
    subject,
  );
  if (known > 0) return;
  const names =
    sql.row<{ n: number }>('SELECT count(*) AS n FROM unknown_subject WHERE env = ?', env)?.n ?? 0;
  sql.run(
    `INSERT INTO unknown_subject (env, subject, count) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    env,
    names < SUBJECTS_KEPT ? subject : OTHER_SUBJECTS,
    count,
  );
}

/** The subjects of an environment that count most; without the slugs that are about to be redacted. */
export function readUnknownSubjects(
  sql: Statements,
  env: number,
  limit: number,
): { subject: string; count: number }[] {
  const pending = pendingSlugs(sql, env);
  return sql
    .rows<{ subject: string; count: number }>(
      'SELECT subject, count FROM unknown_subject WHERE env = ? ORDER BY count DESC, subject LIMIT ?',
      env,
      limit,
    )
    .map(({ subject, count }) => ({ subject: hideInSubject(subject, (slug) => pending.has(slug)), count }));
}

/** Stars a slug wherever it is a token of a counted subject; what then has the same name counts together. */
export function forgetInSubjects(sql: Statements, env: number, slug: string): number {
  const candidates = sql.rows<{ subject: string; count: number }>(
    'SELECT subject, count FROM unknown_subject WHERE env = ? AND instr(lower(subject), ?) > 0',
    env,
    slug,
  );
  let changed = 0;
  for (const { subject, count } of candidates) {
    const hidden = hideInSubject(subject, (token) => token === slug);
    if (hidden === subject) continue;
    sql.run('DELETE FROM unknown_subject WHERE env = ? AND subject = ?', env, subject);
    countSubject(sql, env, hidden, count);
    changed++;
  }
  return changed;
}
