import type { Job } from '../../../src-contract/job.ts';
import { ContractError } from '../../../src-contract/result.ts';

/** What a job is when it begins. */
export type NewJob = Pick<Job, 'kind' | 'title' | 'total'>;

/** A job at work, as what does the work sees it. */
export interface RunningJob {
  readonly id: string;
  /** Aborted when somebody cancels the job. */
  readonly signal: AbortSignal;
  /** Says how many rows are done. */
  readonly progress: (done: number) => void;
}

/** What the work of a job answers: the file that it made, if it makes one. */
export type JobFile = Pick<NonNullable<Job['file']>, 'name' | 'bytes'> | null;

/** Work rejects with this once it has tidied up after being cancelled. */
export class CancelledError extends ContractError {
  constructor(message: string) {
    super('conflict', message);
    this.name = 'CancelledError';
  }
}
