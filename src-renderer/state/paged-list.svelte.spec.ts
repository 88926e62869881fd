import { describe, expect, it } from 'vitest';
import type { Page } from '../../src-contract/paging.ts';
import { MAX_ITEMS, PagedList } from './paged-list.svelte.ts';

describe('PagedList', () => {
  it('puts further pages behind the first until there is none', async () => {
    const pages: Record<string, Page<number>> = {
      first: { items: [5, 4], next_cursor: 'second' },
      second: { items: [3], next_cursor: null },
    };
    const list = new PagedList(async (cursor) => pages[cursor ?? 'first']!);
    await list.load();
    expect([list.items, list.more, list.state]).toEqual([[5, 4], true, 'ready']);
    await list.loadMore();
    await list.loadMore();
    expect([list.items, list.more]).toEqual([[5, 4, 3], false]);
  });

  it('says why the first page did not come', async () => {
    const list = new PagedList<number>(() => Promise.reject(new Error('the database is busy')));
    await list.load();
    expect([list.state, list.failure]).toEqual(['failed', 'the database is busy']);
  });

  it('keeps what it shows when a further page does not come', async () => {
    let works = true;
    const list = new PagedList(async () => {
      if (!works) throw new Error('gone');
      return { items: [1], next_cursor: 'next' };
    });
    await list.load();
    works = false;
    await list.loadMore();
    expect([list.items, list.state, list.failure]).toEqual([[1], 'ready', 'gone']);
  });

  it('drops an answer that a newer load has overtaken', async () => {
    const answers: ((page: Page<string>) => void)[] = [];
    const list = new PagedList<string>(() => new Promise((resolve) => answers.push(resolve)));
    const loads = [list.load(), list.load()];
    answers[1]?.({ items: ['new'], next_cursor: null });
    answers[0]?.({ items: ['old'], next_cursor: null });
    await Promise.all(loads);
    expect([list.items, list.busy]).toEqual([['new'], false]);
  });

  it('never holds more than its limit', async () => {
    const page = { items: Array.from({ length: 900 }, (_, index) => index), next_cursor: 'more' };
    const list = new PagedList(async () => page);
    await list.load();
    while (list.more) await list.loadMore();
    expect(list.items).toHaveLength(MAX_ITEMS);
  });
});
