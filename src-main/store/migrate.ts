import { type Connection, inTransaction } from './database.ts';
import { FutureDatabaseError } from './future-database-error.ts';
import type { Migration } from './migrations/migration.ts';

/** The schema version a database file stands at; 0 for a new one. */
export function schemaVersion(db: Connection): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Brings the schema to the newest of `steps`, each in a transaction of its own. `beforeFirst` runs before the first
 * step of a database that has a schema already. Answers the steps that ran. Throws a FutureDatabaseError, and touches
 * nothing, when the database is newer than the steps; a RangeError when the steps are not numbered 1, 2, 3 …
 */
export function migrate(
  db: Connection,
  steps: readonly Migration[],
  beforeFirst: (version: number) => void,
): Migration[] {
  assertOrder(steps);
  const found = schemaVersion(db);
  if (found > steps.length) throw FutureDatabaseError.of(db.name, found, steps.length);
  const due = steps.slice(found);
  if (due.length > 0 && found > 0) beforeFirst(found);
  for (const step of due) {
    inTransaction(db, () => {
      step.up(db);
      db.pragma(`user_version = ${step.version}`);
    });
  }
  return due;
}

function assertOrder(steps: readonly Migration[]): void {
  for (const [index, step] of steps.entries()) {
    if (step.version !== index + 1) {
      throw new RangeError(`migration "${step.title}" is number ${index + 1} but says ${step.version}`);
    }
  }
}
