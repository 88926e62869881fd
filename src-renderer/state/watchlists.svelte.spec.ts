import { describe, expect, it } from 'vitest';
import type { FakeAnswers } from '../../src-contract/fake-client.ts';
import { ContractError } from '../../src-contract/result.ts';
import type { Watchlist } from '../../src-contract/ticker.ts';
import { fakeApp } from './fake-app.ts';
import { fakeWatchlist } from './fake-ticker.ts';
import { Watchlists } from './watchlists.svelte.ts';

interface Head {
  env: string;
  watchlists: Watchlist[];
}

const tech = (symbols: string[]) => fakeWatchlist(symbols, { id: 'tech', name: 'Tech' });

function setUp(lists: Watchlist[], answers: FakeAnswers = {}) {
  const { client } = fakeApp(answers);
  let head = $state.raw<Head | null>({ env: 'demo', watchlists: lists });
  const watchlists = new Watchlists(client, {
    get head() {
      return head;
    },
  });
  return {
    client,
    watchlists,
    says: (next: Watchlist[]) => (head = { env: 'demo', watchlists: next }),
    symbols: (id = 'main') => watchlists.all.find((list) => list.id === id)?.symbols,
  };
}

/** An answer that comes when it is let go. */
function held<T>() {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  return { answer: () => promise, give: resolve, refuse: reject };
}

const done = { done: true } as const;

describe('Watchlists', () => {
  it('shows what is removed as gone at once, and goes on with what the engine says next', async () => {
    const removal = held<typeof done>();
    const { watchlists, symbols, says } = setUp([fakeWatchlist(['A', 'B'])], {
      'subscription.remove': removal.answer,
    });
    const removed = watchlists.unsubscribe('A', 'main');
    expect(symbols()).toEqual(['B']);
    removal.give(done);
    await removed;
    expect(symbols()).toEqual(['B']);
    says([fakeWatchlist(['B', 'C'])]);
    expect(symbols()).toEqual(['B', 'C']);
  });

  it('takes back what the engine refuses', async () => {
    const { watchlists, symbols } = setUp([fakeWatchlist(['A', 'B'])], {
      'subscription.remove': () => {
        throw new ContractError('too_many', 'slowly');
      },
    });
    await expect(watchlists.unsubscribe('A', 'main')).rejects.toThrow('slowly');
    expect(symbols()).toEqual(['A', 'B']);
  });

  it('adds a symbol as the engine writes it, and once, whichever word of it comes first', async () => {
    const { watchlists, symbols, says } = setUp([fakeWatchlist(['A'])], {
      'subscription.add': () => {
        says([fakeWatchlist(['A', 'B'])]);
        return { symbol: 'B', lists: ['main'] };
      },
    });
    expect(await watchlists.subscribe(' b ', 'main')).toEqual({ symbol: 'B', lists: ['main'] });
    expect(symbols()).toEqual(['A', 'B']);
  });

  it('sends of many orders the first and the last, and never shows one in between again', async () => {
    const first = held<Watchlist>();
    const { client, watchlists, symbols, says } = setUp([fakeWatchlist(['A', 'B', 'C'])], {
      'watchlist.order': ({ symbols: order }) =>
        order[0] === 'B' ? first.answer() : fakeWatchlist([...order]),
    });
    const sent = watchlists.order('main', ['B', 'A', 'C']);
    void watchlists.order('main', ['A', 'C', 'B']);
    void watchlists.order('main', ['C', 'A', 'B']);
    says([fakeWatchlist(['B', 'A', 'C'])]);
    expect(symbols()).toEqual(['C', 'A', 'B']);
    first.give(fakeWatchlist(['B', 'A', 'C']));
    await sent;
    expect(symbols()).toEqual(['C', 'A', 'B']);
    expect(client.calls.map(({ args }) => (args as { symbols: string[] }).symbols.join(''))).toEqual([
      'BAC',
      'CAB',
    ]);
  });

  it('makes, renames, moves and removes lists', async () => {
    const { client, watchlists } = setUp([fakeWatchlist([]), tech(['A'])], {
      'watchlist.create': ({ name, symbols = [] }) => fakeWatchlist([...symbols], { id: 'new', name }),
      'watchlist.rename': ({ id, name }) => fakeWatchlist([], { id, name }),
      'watchlists.order': () => ({ watchlists: [] }),
      'watchlist.remove': () => done,
    });
    const names = () => watchlists.all.map(({ name }) => name).join();
    await watchlists.create('Cars', ['TSLA']);
    expect(names()).toBe('Watchlist,Tech,Cars');
    await watchlists.rename('new', 'Vehicles');
    await watchlists.move('new', 0);
    expect(names()).toBe('Vehicles,Watchlist,Tech');
    await watchlists.move('new', 0);
    await watchlists.remove('tech');
    expect(names()).toBe('Vehicles,Watchlist');
    expect(client.calls.map(({ name }) => name)).toEqual([
      'watchlist.create',
      'watchlist.rename',
      'watchlists.order',
      'watchlist.remove',
    ]);
  });

  it('counts what is done here, not what others do', async () => {
    const { watchlists, says } = setUp([fakeWatchlist(['A'])], { 'subscription.remove': () => done });
    const before = watchlists.revision;
    says([fakeWatchlist(['A', 'B'])]);
    expect(watchlists.revision).toBe(before);
    await watchlists.unsubscribe('A', 'main');
    expect(watchlists.revision).toBeGreaterThan(before);
  });
});
