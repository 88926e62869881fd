import { describe, expect, it } from 'vitest';
import type { ContractClient, FeedView } from '../../../src-contract/client.ts';
import type { Job } from '../../../src-contract/job.ts';
import { JobWatch } from './job-watch.ts';

const job = (state: Job['state']): Job => ({
  id: '7',
  kind: 'export',
  title: 'a job',
  state,
  done: 3,
  total: 3,
  started_at: '2026-05-28T20:26:40.000Z',
  ended_at: null,
  error: null,
  file: null,
});

/** A watch of job 7, and what tells it which jobs are listed. */
function watched() {
  let listener: (view: FeedView<'jobs'>) => void = () => undefined;
  const client = {
    open: (_name: 'jobs', _params: object, listen: typeof listener) => {
      listener = listen;
      return () => undefined;
    },
  } as Pick<ContractClient, 'open'>;
  const watch = new JobWatch(client, '7');
  const list = (...jobs: Job[]): void =>
    listener({
      status: { status: 'live' },
      state: { head: { running: 0 }, rows: new Map(jobs.map((one) => [one.id, one])) },
    });
  const lose = (): void =>
    listener({ status: { status: 'stale', since: 0, reason: 'the engine is away' }, state: null });
  return { watch, list, lose };
}

describe('the watch of a job', () => {
  it('waits while it runs, and hears that it is done', () => {
    const { watch, list } = watched();
    expect(watch.isDone).toBe(false);
    list(job('running'));
    expect(watch.isDone).toBe(false);
    list(job('done'));
    expect(watch.isDone).toBe(true);
  });

  it.each([
    ['it is cancelled', job('cancelled'), /was cancelled/],
    ['it fails', { ...job('failed'), error: 'the disk is full' }, /the disk is full/],
  ])('throws when %s', (_what, ended, words) => {
    const { watch, list } = watched();
    list(ended);
    expect(() => watch.isDone).toThrow(words);
  });

  it('throws when it leaves the list, or nobody can tell, before it is done', () => {
    const [gone, lost] = [watched(), watched()];
    gone.list(job('running'));
    gone.list();
    expect(() => gone.watch.isDone).toThrow(/not listed any more/);
    lost.list(job('running'));
    lost.lose();
    expect(() => lost.watch.isDone).toThrow(/engine is away/);
  });

  it('knows it is done when it leaves the list later, or nobody can tell any more: a slow client still reads the file', () => {
    const [gone, lost] = [watched(), watched()];
    gone.list(job('done'));
    gone.list();
    expect(gone.watch.isDone).toBe(true);
    lost.list(job('done'));
    lost.lose();
    expect(lost.watch.isDone).toBe(true);
  });
});
