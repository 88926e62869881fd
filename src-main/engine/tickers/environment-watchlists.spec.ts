import { describe, expect, it } from 'vitest';
import type { WatchlistRecord } from '../../../src-contract/ticker-checkpoint.ts';
import { EnvironmentWatchlists } from './environment-watchlists.ts';

class Harness {
  readonly saved: (readonly WatchlistRecord[])[] = [];
  readonly changed: (readonly string[])[] = [];
  refusal: Error | null = null;

  open(lists: WatchlistRecord[] = []): EnvironmentWatchlists {
    return new EnvironmentWatchlists({
      lists,
      save: async (saved) => {
        if (this.refusal !== null) throw this.refusal;
        this.saved.push(saved);
      },
      onChange: (symbols) => this.changed.push(symbols),
    });
  }
}

const withSymbols =
  (...symbols: string[]) =>
  (lists: readonly WatchlistRecord[]) =>
    lists.map((list) => ({ ...list, symbols: [...list.symbols, ...symbols] }));

describe('the watchlists of an environment', () => {
  it('are one empty list at first', () => {
    expect(new Harness().open().lists).toEqual([{ id: 'main', name: 'Watchlist', symbols: [] }]);
  });

  it('change one after the other, each seeing the one before, and say which symbols came or went', async () => {
    const harness = new Harness();
    const lists = harness.open();
    await Promise.all([lists.change(withSymbols('A')), lists.change(withSymbols('B'))]);
    expect(lists.lists).toEqual([{ id: 'main', name: 'Watchlist', symbols: ['A', 'B'] }]);
    expect(harness.saved.at(-1)).toEqual(lists.lists);
    await lists.change((all) => all.map((list) => ({ ...list, symbols: ['B', 'C'] })));
    expect(harness.changed).toEqual([['A'], ['B'], ['A', 'C']]);
    expect([...lists.watched]).toEqual(['B', 'C']);
  });

  it('stay as they were when the change or the store refuses, and go on after that', async () => {
    const harness = new Harness();
    const lists = harness.open([{ id: 'main', name: 'Mine', symbols: ['A'] }]);
    const refusal = new Error('no');
    await expect(
      lists.change(() => {
        throw refusal;
      }),
    ).rejects.toBe(refusal);
    harness.refusal = new Error('disk full');
    await expect(lists.change(withSymbols('B'))).rejects.toThrow('disk full');
    expect([[...lists.watched], harness.changed]).toEqual([['A'], []]);
    harness.refusal = null;
    await lists.change(withSymbols('B'));
    expect([...lists.watched]).toEqual(['A', 'B']);
  });
});
