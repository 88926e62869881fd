import { describe, expect, it } from 'vitest';
import { MAX_ENDED_JOBS, MAX_RUNNING_JOBS } from '../../../src-contract/job.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { JobList } from './job-list.ts';
import type { JobFile, NewJob, RunningJob } from './running-job.ts';

const WHAT: NewJob = { kind: 'export', title: 'a job', total: 3 };
const clock = new VirtualClock(1_780_000_000_000);

function list() {
  const removed: string[] = [];
  const changed: string[] = [];
  const jobs = new JobList({
    clock,
    onChange: (id) => void changed.push(id),
    removeFile: async (id) => void removed.push(id),
    onFailure: () => undefined,
  });
  return { jobs, removed, changed };
}

const settled = (): Promise<void> => clock.advance(0);

/** Work that goes on until it is cancelled. */
async function endless({ signal }: RunningJob): Promise<JobFile> {
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve);
  });
  signal.throwIfAborted();
  return null;
}

describe('the list of jobs', () => {
  it('shows how a job goes on and what it made', async () => {
    const { jobs, changed } = list();
    const made = Promise.withResolvers<JobFile>();
    const { id } = jobs.begin(WHAT, async ({ progress }) => {
      progress(2);
      return made.promise;
    });
    await settled();
    expect(jobs.find(id)).toMatchObject({ state: 'running', done: 2, total: 3, file: null });
    made.resolve({ name: 'a.csv', bytes: 7 });
    await settled();
    expect(jobs.find(id)).toMatchObject({
      state: 'done',
      ended_at: '2026-05-28T20:26:40.000Z',
      file: { name: 'a.csv', bytes: 7, url: `/api/jobs/${id}/file` },
    });
    expect(changed).toEqual([id, id, id]);
  });

  it('says why one failed', async () => {
    const { jobs } = list();
    const { id } = jobs.begin(WHAT, () => Promise.reject(new Error('the disk is full')));
    await settled();
    expect(jobs.find(id)).toMatchObject({ state: 'failed', error: 'the disk is full', file: null });
  });

  it('answers a cancellation when the work has tidied up', async () => {
    const { jobs } = list();
    let tidied = false;
    const { id } = jobs.begin(WHAT, (job) =>
      endless(job).finally(() => {
        tidied = true;
      }),
    );
    await settled();
    expect(await jobs.cancel(id)).toMatchObject({ state: 'cancelled', error: null });
    expect(tidied).toBe(true);
  });

  it('keeps no file that was complete before the cancellation was heard', async () => {
    const { jobs, removed } = list();
    const made = Promise.withResolvers<JobFile>();
    const { id } = jobs.begin(WHAT, () => made.promise);
    await settled();
    const cancelled = jobs.cancel(id);
    made.resolve({ name: 'a.csv', bytes: 7 });
    expect(await cancelled).toMatchObject({ state: 'cancelled', file: null });
    expect(removed).toEqual([id]);
  });

  it('takes one that had ended from the list, with its file', async () => {
    const { jobs, removed } = list();
    const { id } = jobs.begin(WHAT, async () => null);
    await settled();
    await jobs.cancel(id);
    expect([jobs.find(id), removed]).toEqual([null, [id]]);
    await expect(jobs.cancel(id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('runs no more than it may', async () => {
    const { jobs } = list();
    const running = Array.from({ length: MAX_RUNNING_JOBS }, () => jobs.begin(WHAT, endless));
    expect(() => jobs.begin(WHAT, endless)).toThrow(/4 jobs run already/);
    await jobs.cancel(running[0]?.id ?? '');
    expect(jobs.begin(WHAT, endless).state).toBe('running');
  });

  it('keeps the newest that ended, and deletes the files of the others', async () => {
    const { jobs, removed } = list();
    const ids: string[] = [];
    for (let index = 0; index < MAX_ENDED_JOBS + 2; index += 1) {
      ids.push(jobs.begin(WHAT, async () => null).id);
      await settled();
    }
    expect(jobs.jobs.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(removed).toEqual(ids.slice(0, 2));
    expect(ids.toSorted()).toEqual(ids);
  });

  it('ends its jobs where their files cannot be deleted, and says so', async () => {
    const failures: unknown[] = [];
    const jobs = new JobList({
      clock,
      onChange: () => undefined,
      removeFile: () => Promise.reject(new Error('the file is in use')),
      onFailure: (error) => failures.push(error),
    });
    const made = Promise.withResolvers<JobFile>();
    const { id } = jobs.begin(WHAT, () => made.promise);
    await settled();
    const cancelled = jobs.cancel(id);
    made.resolve({ name: 'a.csv', bytes: 7 });
    expect(await cancelled).toMatchObject({ state: 'cancelled' });
    await jobs.cancel(id);
    expect(jobs.jobs).toEqual([]);
    expect(failures).toHaveLength(2);
  });

  it('begins no more once it stops', async () => {
    const { jobs } = list();
    await jobs.stop();
    expect(() => jobs.begin(WHAT, endless)).toThrow(/the app stops/);
  });

  it('cancels all when it stops', async () => {
    const { jobs } = list();
    const { id } = jobs.begin(WHAT, endless);
    await jobs.stop();
    expect(jobs.find(id)).toMatchObject({ state: 'cancelled' });
  });
});
