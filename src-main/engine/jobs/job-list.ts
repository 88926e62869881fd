import { MAX_ENDED_JOBS, MAX_RUNNING_JOBS, type Job } from '../../../src-contract/job.ts';
import { ContractError } from '../../../src-contract/result.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { CancelledError, type JobFile, type NewJob, type RunningJob } from './running-job.ts';

/** What the list works with. */
export interface JobListOptions {
  clock: Pick<Clock, 'now'>;
  /** A job was added, changed or taken from the list. */
  onChange: (id: string) => void;
  /** Deletes the file of a job that is not listed any more. */
  removeFile: (id: string) => Promise<void>;
  /** A file could not be deleted; it is at the next start. */
  onFailure: (error: unknown) => void;
}

interface Listed {
  job: Job;
  cancel: AbortController;
  /** Resolves when the work is over, however it ended. */
  over: Promise<void>;
}

/** The digits that count jobs in their ids: so many that the order of ids is the order of the list. */
const ID_DIGITS = 8;

/**
 * Long work: at most {@link MAX_RUNNING_JOBS} at once, and the newest {@link MAX_ENDED_JOBS} that ended. They live as long as
 * the engine; what is left of their files is deleted at its start.
 */
export class JobList implements Stoppable {
  readonly #options: JobListOptions;
  readonly #jobs = new Map<string, Listed>();
  /** So that the id of a job from before a restart is none of now. */
  readonly #epoch: string;
  #count = 0;
  #stopped = false;

  constructor(options: JobListOptions) {
    this.#options = options;
    this.#epoch = options.clock.now().toString(36);
  }

  /** Every job, oldest first. */
  get jobs(): Job[] {
    return [...this.#jobs.values()].map(({ job }) => job);
  }

  /** How many run. */
  get running(): number {
    return this.jobs.filter(({ state }) => state === 'running').length;
  }

  /** One job; null when it is not listed. */
  find(id: string): Job | null {
    return this.#jobs.get(id)?.job ?? null;
  }

  /** Throws a ContractError while no further job may begin: `too_many`, or `unavailable` once it stops. */
  assertRoom(): void {
    if (this.#stopped) throw new ContractError('unavailable', 'the app stops: no job begins any more');
    if (this.running < MAX_RUNNING_JOBS) return;
    throw new ContractError('too_many', `${MAX_RUNNING_JOBS} jobs run already: wait for one, or cancel it`);
  }

  /** Begins a job; `work` must reject when its signal is aborted, after it has tidied up. Throws as {@link assertRoom}. */
  begin(what: NewJob, work: (job: RunningJob) => Promise<JobFile>): Job {
    this.assertRoom();
    this.#count += 1;
    const id = `${this.#epoch}-${this.#count.toString().padStart(ID_DIGITS, '0')}`;
    const started = { done: 0, started_at: this.#now(), ended_at: null, error: null, file: null };
    const job: Job = { id, ...what, state: 'running', ...started };
    const cancel = new AbortController();
    const listed: Listed = { job, cancel, over: Promise.resolve() };
    this.#jobs.set(id, listed);
    this.#options.onChange(id);
    const progress = (done: number): void => this.#change(listed, { done });
    listed.over = Promise.resolve()
      .then(() => {
        cancel.signal.throwIfAborted();
        return work({ id, signal: cancel.signal, progress });
      })
      .then(
        (file) => this.#finish(listed, file),
        (error: unknown) => this.#end(listed, endOf(error)),
      );
    return job;
  }

  /** Cancels a running job and waits until it is over; one that had ended leaves the list with its file. */
  async cancel(id: string): Promise<Job> {
    const listed = this.#jobs.get(id);
    if (listed === undefined) throw new ContractError('not_found', `there is no job ${JSON.stringify(id)}`);
    if (listed.job.state !== 'running') {
      await this.#forget(id);
      return listed.job;
    }
    listed.cancel.abort(new CancelledError('the job was cancelled'));
    await listed.over;
    return listed.job;
  }

  /** Resolves when a job is over. */
  async ended(id: string): Promise<void> {
    await this.#jobs.get(id)?.over;
  }

  /** Cancels all that run, and begins no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const running = [...this.#jobs.values()];
    for (const { cancel } of running) cancel.abort(new CancelledError('the app stops'));
    await Promise.all(running.map(({ over }) => over));
  }

  /** A file that was complete before the work heard that nobody wants it is not kept. */
  async #finish(listed: Listed, file: JobFile): Promise<void> {
    const { id } = listed.job;
    if (file === null || !listed.cancel.signal.aborted) {
      return this.#end(listed, { state: 'done', file: fileOf(id, file) });
    }
    await this.#removeFile(id);
    await this.#end(listed, { state: 'cancelled' });
  }

  async #end(listed: Listed, end: Pick<Job, 'state'> & Partial<Job>): Promise<void> {
    this.#change(listed, { ...end, ended_at: this.#now() });
    const ended = this.jobs.filter(({ state }) => state !== 'running');
    for (const { id } of ended.slice(0, -MAX_ENDED_JOBS)) await this.#forget(id);
  }

  async #forget(id: string): Promise<void> {
    this.#jobs.delete(id);
    this.#options.onChange(id);
    await this.#removeFile(id);
  }

  /** Where it is in somebody else's hands the job is over all the same. */
  async #removeFile(id: string): Promise<void> {
    await this.#options.removeFile(id).catch(this.#options.onFailure);
  }

  #change(listed: Listed, change: Partial<Job>): void {
    listed.job = { ...listed.job, ...change };
    this.#options.onChange(listed.job.id);
  }

  #now(): string {
    return toTimestamp(this.#options.clock.now());
  }
}

function endOf(error: unknown): Pick<Job, 'state' | 'error'> {
  if (error instanceof CancelledError) return { state: 'cancelled', error: null };
  return { state: 'failed', error: errorMessage(error) };
}

function fileOf(id: string, file: JobFile): Job['file'] {
  return file === null ? null : { ...file, url: `/api/jobs/${id}/file` };
}
