import { describe, expect, it } from 'vitest';
import { FakeEngineHost } from '../fake-engine-host.ts';
import { testServer } from '../test-server.ts';

describe('an export over HTTP', () => {
  it.each([
    ['an image in the page of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' }],
    ['a script of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['the page of another local server', { origin: 'http://localhost:3000', host: 'localhost:4000' }],
  ])('is not begun for %s: it takes the work of a job', async (_who, headers) => {
    const engine = new FakeEngineHost();
    const app = await testServer({ engine });
    for (const format of ['csv', 'json', 'parquet']) {
      const answer = await app.inject({ url: `/api/export/invoices.${format}`, headers });
      expect([answer.statusCode, answer.json()]).toMatchObject([403, { code: 'forbidden' }]);
    }
    expect(engine.connections.flatMap(({ sent }) => sent).filter(({ t }) => t === 'call')).toEqual([]);
  });
});
