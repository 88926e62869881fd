/** What is stored under the key of a lease. */
export interface LeaseEntry {
  readonly value: string;
  readonly revision: number;
}

/**
 * Where a lease is kept: one key whose value goes away by itself some time after it was last written. Everything rejects
 * when the store cannot be reached; then it is not known whether a write took place.
 */
export interface LeaseStore {
  /** What is stored now; null: nothing. */
  read(): Promise<LeaseEntry | null>;
  /** Writes if nothing is stored, and answers the revision; null: something is. */
  create(value: string): Promise<number | null>;
  /** Writes over this very revision, and answers the new one; null: something else is stored, or nothing. */
  update(value: string, revision: number): Promise<number | null>;
  /** Deletes this very revision; does nothing when it is not stored any more. */
  remove(revision: number): Promise<void>;
}
