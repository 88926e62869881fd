import type { AuditEntry } from '../../src-contract/system.ts';
import type { Log } from '../lib/log.ts';

/** Who did what with which result; when is added. */
export type AuditLine = Pick<AuditEntry, 'actor' | 'action' | 'target' | 'result'>;

/** Hands what is audited to the store, and knows when all of it is there. */
export class AuditLog {
  readonly #write: (line: AuditLine) => Promise<unknown>;
  readonly #log: Log;
  #last: Promise<unknown> = Promise.resolve();

  constructor(write: (line: AuditLine) => Promise<unknown>, log: Log) {
    this.#write = write;
    this.#log = log;
  }

  /** Stores a line; a failure is logged. */
  add(line: AuditLine): void {
    this.#last = this.#write(line).catch((error: unknown) =>
      this.#log.error('an audit entry could not be stored', { error }),
    );
  }

  /** Resolves when every line added so far is stored, or failed: the store answers in the order in which it is asked. */
  settled(): Promise<unknown> {
    return this.#last;
  }
}
