import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SuggestionSearch } from './suggestion-search.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pause = () => vi.advanceTimersByTimeAsync(120);

describe('a search for suggestions', () => {
  it('asks once for the latest text after a pause, without the space around it', async () => {
    const find = vi.fn((text: string) => Promise.resolve([`${text} Ltd`]));
    const search = new SuggestionSearch(find);
    search.look('a');
    search.look(' ac ');
    await vi.advanceTimersByTimeAsync(119);
    expect(find).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(find).toHaveBeenCalledExactlyOnceWith('ac');
    expect(search.items).toEqual(['ac Ltd']);
  });

  it('drops an answer that later typing has overtaken, be it found or failed', async () => {
    const answers = new Map<string, { found(items: string[]): void; failed(error: Error): void }>();
    const search = new SuggestionSearch<string>(
      (text) =>
        new Promise((resolve, reject) => {
          answers.set(text, { found: resolve, failed: reject });
        }),
    );
    for (const text of ['a', 'ac', 'acm']) {
      search.look(text);
      await pause();
    }
    answers.get('acm')?.found(['Acme']);
    answers.get('a')?.found(['Ant']);
    answers.get('ac')?.failed(new Error('too late'));
    await pause();
    expect([search.items, search.failure]).toEqual([['Acme'], null]);
  });

  it('waits from the typing until the answer to the latest text, be it found or failed', async () => {
    const search = new SuggestionSearch((text) =>
      text === 'a' ? Promise.resolve(['Acme']) : Promise.reject(new Error('the engine is away')),
    );
    const seen = [search.waiting];
    for (const text of ['a', 'ac']) {
      search.look(text);
      seen.push(search.waiting);
      await pause();
      seen.push(search.waiting);
    }
    search.look('a');
    search.look('');
    seen.push(search.waiting);
    expect(seen).toEqual([false, true, false, true, false, false]);
  });

  it('finds nothing for an empty text, without asking', async () => {
    const find = vi.fn(() => Promise.resolve(['Acme']));
    const search = new SuggestionSearch(find);
    search.look('a');
    await pause();
    search.look('  ');
    expect(search.items).toEqual([]);
    await pause();
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('shows nothing and tells why while it cannot be asked, until it is asked again', async () => {
    let fails = false;
    const search = new SuggestionSearch(() =>
      fails ? Promise.reject(new Error('the engine is away')) : Promise.resolve(['Acme']),
    );
    search.look('a');
    await pause();
    fails = true;
    search.look('ac');
    await pause();
    expect([search.items, search.failure]).toEqual([[], 'the engine is away']);
    search.look('acm');
    expect(search.failure).toBeNull();
  });
});
