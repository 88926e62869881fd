import type { Connection } from '../database.ts';

/** One step of the schema: from the version before to `version`. Never changed once it was released. */
export interface Migration {
  readonly version: number;
  /** Says in a few words what it brings. */
  readonly title: string;
  /** Runs inside a transaction that also raises `user_version`. */
  up(db: Connection): void;
}
