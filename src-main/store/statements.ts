import type Database from 'better-sqlite3';
import type { Connection } from './database.ts';

/** What SQLite can take and give back, as better-sqlite3 maps it. */
export type Value = number | string | Uint8Array | null;

/** Prepares each SQL text once, when it is first asked for. The texts are constants, so their number is bounded. */
export class Statements {
  readonly db: Connection;
  readonly #prepared = new Map<string, Database.Statement<Value[]>>();

  constructor(db: Connection) {
    this.db = db;
  }

  /** Runs a statement that writes; answers how many rows it changed. */
  run(sql: string, ...values: Value[]): number {
    return this.prepared(sql).run(...values).changes;
  }

  /** The first row, or undefined. `R` says what the SQL text selects. */
  row<R>(sql: string, ...values: Value[]): ReturnType<Database.Statement<Value[], R>['get']> {
    return (this.prepared(sql) as Database.Statement<Value[], R>).get(...values);
  }

  /** Every row; the SQL text sets the limit. */
  rows<R>(sql: string, ...values: Value[]): R[] {
    return this.prepared(sql).all(...values) as R[];
  }

  /** Row after row, while no other statement of this connection writes. */
  each<R>(sql: string, ...values: Value[]): IterableIterator<R> {
    return this.prepared(sql).iterate(...values) as IterableIterator<R>;
  }

  /** The statement itself, to be given all its values as one array: for loops that count nanoseconds. */
  bulk(sql: string): Database.Statement<[Value[]]> {
    return this.prepared(sql) as Database.Statement;
  }

  /** The statement itself. */
  prepared(sql: string): Database.Statement<Value[]> {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare<Value[]>(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}
