import type { Job } from '../../src-contract/job.ts';

/** Sees when jobs end that were seen to run. The list of jobs is bounded, and so is what is remembered of it. */
export class JobWatch {
  #running = new Set<string>();

  /** Takes the present jobs; returns those that have ended since. */
  see(jobs: Iterable<Job>): Job[] {
    const present = [...jobs];
    const ended = present.filter((job) => job.state !== 'running' && this.#running.has(job.id));
    this.#running = new Set(present.filter((job) => job.state === 'running').map((job) => job.id));
    return ended;
  }
}
