import { describe, expect, it } from 'vitest';
import { StoreFailure } from '../store/store-failure.ts';
import { demoEngine } from './testing/demo-engine.ts';

const wrongCursor = {
  code: 'invalid_argument',
  details: { field: '/cursor' },
  message: expect.stringContaining('is no cursor of') as string,
};

describe('a cursor that no page gave', () => {
  it('is refused as an argument by the lists of rejects and of the audit', async () => {
    const engine = await demoEngine();
    for (const list of ['rejects.list', 'audit.list'] as const) {
      for (const cursor of ['garbage', '', 'cmVqZWN0czoxLDI']) {
        await expect(engine.ask(list, { cursor }), list).rejects.toMatchObject(wrongCursor);
      }
    }
  });

  it('is refused as an argument by the timeline of a portfolio', async () => {
    const engine = await demoEngine();
    const [portfolio] = (await engine.ask('portfolios.list', { limit: 1 })).items;
    const slug = portfolio?.slug ?? '';
    await expect(engine.ask('portfolio.timeline', { slug, cursor: 'garbage' })).rejects.toMatchObject(
      wrongCursor,
    );
  });
});

describe('a store that cannot be written to', () => {
  it('makes a command that needs it answer unavailable, with why', async () => {
    const engine = await demoEngine();
    engine.store.writer.saveWatchlists = () =>
      Promise.reject(new StoreFailure('disk_full', 'the disk is full'));
    await expect(engine.ask('watchlist.create', { name: 'Mine' })).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the disk is full',
    });
  });
});
