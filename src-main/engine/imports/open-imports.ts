import { join } from 'node:path';
import { ContractError } from '../../../src-contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import { emptyFolder } from '../jobs/job-files.ts';
import { SpooledFile } from './spooled-file.ts';

/** Imports that are open at once. */
const MOST_OPEN = 2;
/** Bytes of an import's file. */
export const MAX_IMPORT_BYTES = 64 * 1024 * 1024;
/** An import that nobody asked for is ended after this long, in milliseconds. */
export const IDLE_MS = 15 * 60_000;
const LOOK_MS = 60_000;

/** What open imports work with. */
export interface OpenImportsOptions {
  dataFolder: string;
  clock: Pick<Clock, 'now' | 'monotonic' | 'every'>;
  onFailure: (error: unknown) => void;
}

/** An import whose file is coming or has come. */
export interface OpenImport {
  readonly id: string;
  readonly name: string;
  /** The environment that was active when it was opened. */
  readonly env: string;
  readonly file: SpooledFile;
  /** How many rows a check has found in the whole of the file; null: it was not checked since it changed. */
  rows: number | null;
}

interface Kept {
  import: OpenImport;
  usedAt: number;
  /** How much is done with it now. */
  uses: number;
}

/** The imports that are open: their files lie in the data folder until they end. */
export class OpenImports implements Stoppable {
  readonly #options: OpenImportsOptions;
  readonly #folder: string;
  readonly #kept = new Map<string, Kept>();
  readonly #epoch: string;
  readonly #cancel: () => void;
  #count = 0;

  /** Deletes what an earlier run left. */
  constructor(options: OpenImportsOptions) {
    this.#options = options;
    this.#folder = join(options.dataFolder, 'imports');
    this.#epoch = options.clock.now().toString(36);
    emptyFolder(this.#folder);
    this.#cancel = options.clock.every(LOOK_MS, () => this.#dropIdle());
  }

  /** Opens one. Throws a ContractError `too_many` while two are open. */
  begin(name: string, env: string): string {
    if (this.#kept.size >= MOST_OPEN) {
      throw new ContractError('too_many', `${MOST_OPEN} imports are open already: drop one first`);
    }
    this.#count += 1;
    const id = `${this.#epoch}-${this.#count}`;
    const file = new SpooledFile(join(this.#folder, `${id}.csv`), MAX_IMPORT_BYTES);
    const opened: OpenImport = { id, name, env, file, rows: null };
    this.#kept.set(id, { import: opened, usedAt: this.#options.clock.monotonic(), uses: 0 });
    return id;
  }

  /** Does something with one; meanwhile it is not idle. Rejects with a ContractError `not_found` when it is not open. */
  async use<T>(id: string, work: (opened: OpenImport) => Promise<T>): Promise<T> {
    const kept = this.#of(id);
    kept.uses += 1;
    try {
      return await work(kept.import);
    } finally {
      kept.uses -= 1;
      kept.usedAt = this.#options.clock.monotonic();
    }
  }

  /** Ends one and deletes its file. Throws a ContractError: `not_found`, or `conflict` while something is done with it. */
  async drop(id: string): Promise<void> {
    const kept = this.#of(id);
    if (kept.uses > 0)
      throw new ContractError('conflict', 'the import is at work: wait for it, or cancel its job');
    await this.#drop(kept);
  }

  /** Deletes the files of all. */
  async stop(): Promise<void> {
    this.#cancel();
    await Promise.all([...this.#kept.values()].map((kept) => this.#drop(kept)));
  }

  #of(id: string): Kept {
    const kept = this.#kept.get(id);
    if (kept !== undefined) return kept;
    throw new ContractError(
      'not_found',
      `no import ${JSON.stringify(id)} is open: one that is left alone ends after ${IDLE_MS / 60_000} minutes`,
    );
  }

  #dropIdle(): void {
    const oldest = this.#options.clock.monotonic() - IDLE_MS;
    for (const kept of this.#kept.values()) {
      if (kept.uses === 0 && kept.usedAt <= oldest) this.#drop(kept).catch(this.#options.onFailure);
    }
  }

  #drop(kept: Kept): Promise<void> {
    this.#kept.delete(kept.import.id);
    return kept.import.file.remove();
  }
}
