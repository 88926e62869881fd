import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src-contract/job.ts';
import { FakeEngineHost } from '../fake-engine-host.ts';
import { testServer } from '../test-server.ts';

const made: Job = {
  id: '7',
  kind: 'export',
  title: 'a job',
  state: 'done',
  done: 3,
  total: 3,
  started_at: '2026-05-28T20:26:40.000Z',
  ended_at: '2026-05-28T20:26:41.000Z',
  error: null,
  file: { name: 'invoices.csv', bytes: 9, url: '/api/jobs/7/file' },
};

describe('the file of a job', () => {
  it('is not found when it was deleted while somebody asked for it', async () => {
    const engine = new FakeEngineHost({ 'jobs.list': () => ({ items: [made], next_cursor: null }) });
    const app = await testServer({ engine });
    const answer = await app.inject('/api/jobs/7/file');
    expect([answer.statusCode, answer.json()]).toMatchObject([404, { code: 'not_found' }]);
  });
});
