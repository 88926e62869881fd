import type { Connection } from './database.ts';
import type { Folded, FoldPort } from './port.ts';
import { sqliteFailure } from './sqlite-failure.ts';

/** Folds the log of the database into its file over a connection of its own, beside the writer's. */
export class LogFold implements FoldPort {
  readonly #db: Connection;

  /** @param db a connection for folding; closed with this */
  constructor(db: Connection) {
    this.#db = db;
  }

  fold(): Folded {
    try {
      const [answer] = this.#db.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[];
      return { pages: answer?.log ?? 0, folded: answer?.checkpointed ?? 0 };
    } catch (error) {
      throw sqliteFailure(error);
    }
  }

  /** Closes the connection; what is not folded stays in the log. */
  close(): void {
    this.#db.close();
  }
}
