import type { ContractClient } from '../../../src-contract/client.ts';
import type { Job } from '../../../src-contract/job.ts';

/** Follows one job. */
export class JobWatch {
  readonly #close: () => void;
  #job: Job | null = null;
  #isDone = false;
  #gone: string | null = null;
  #changed = Promise.withResolvers<null>();

  constructor(client: Pick<ContractClient, 'open'>, id: string) {
    this.#close = client.open('jobs', {}, ({ status, state }) => {
      if (state !== null) this.#job = state.rows.get(id) ?? null;
      // Its file is complete, and stays what it is for whoever has opened it.
      this.#isDone ||= this.#job?.state === 'done';
      if (status.status === 'stale') this.#gone = status.reason;
      else if (status.status === 'failed') this.#gone = status.error.message;
      else if (status.status === 'live' && this.#job === null) this.#gone = 'the job is not listed any more';
      this.wake();
    });
  }

  /** Whether the job is done. Throws an Error when it never will be, or nobody can tell. */
  get isDone(): boolean {
    if (this.#isDone) return true;
    if (this.#gone !== null) throw new Error(this.#gone);
    if (this.#job === null || this.#job.state === 'running') return false;
    throw new Error(this.#job.error ?? 'the job was cancelled');
  }

  /** Resolves when the job has changed since this was asked for. */
  get change(): Promise<unknown> {
    return this.#changed.promise;
  }

  /** Lets those who wait look again. */
  wake(): void {
    this.#changed.resolve(null);
    this.#changed = Promise.withResolvers<null>();
  }

  stop(): void {
    this.#close();
    this.wake();
  }
}
