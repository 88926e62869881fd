import { flushSync, tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { FakeClient } from '../../src-contract/fake-client.ts';
import { feedKey } from '../../src-contract/feed-keys.ts';
import { Feeds } from './feeds.ts';

function setUp() {
  const client = new FakeClient(feedKey);
  const feeds = new Feeds(client);
  /** Reads a store as a component would; returns what takes the component away. */
  const read = (see: () => unknown): (() => void) => {
    const stop = $effect.root(() => {
      $effect(() => void see());
    });
    flushSync();
    return stop;
  };
  return { client, feeds, read };
}

describe('FeedStore', () => {
  it('opens no feed until something reads it', () => {
    const { client, feeds } = setUp();
    feeds.get('clients', {});
    expect(client.openFeeds('clients')).toBe(0);
  });

  it('is opened once for all its readers and closed when the last is gone', async () => {
    const { client, feeds, read } = setUp();
    const first = read(() => feeds.get('clients', {}).rows);
    const second = read(() => feeds.get('clients', {}).head);
    expect(client.openFeeds('clients')).toBe(1);
    first();
    await tick();
    expect(client.openFeeds('clients')).toBe(1);
    second();
    await tick();
    expect(client.openFeeds('clients')).toBe(0);
  });

  it('stays open when one screen takes it over from another', async () => {
    const { client, feeds, read } = setUp();
    const store = feeds.get('clients', {});
    const leaving = read(() => store.head);
    client.push('clients', { count: 3 }, []);
    leaving();
    const coming = read(() => store.head);
    await tick();
    expect(store.head).toEqual({ count: 3 });
    coming();
  });

  it('forgets what it showed when nobody keeps it current', async () => {
    const { client, feeds, read } = setUp();
    const store = feeds.get('clients', {});
    const stop = read(() => store.head);
    client.push('clients', { count: 3 }, []);
    stop();
    await tick();
    expect(store.loaded).toBe(false);
    expect(feeds.get('clients', {})).not.toBe(store);
  });

  it('tells its readers of every change', () => {
    const { client, feeds, read } = setUp();
    const store = feeds.get('settings', {});
    const seen: string[] = [];
    const stop = read(() => seen.push(store.status.status));
    client.push('settings', {} as never, [], { status: 'stale', since: 7, reason: 'the engine stopped' });
    flushSync();
    expect([seen[0], seen.at(-1)]).toEqual(['waiting', 'stale']);
    expect(store.status).toEqual({ status: 'stale', since: 7, reason: 'the engine stopped' });
    stop();
  });

  it('keeps the feeds of different parameters apart', () => {
    const { feeds } = setUp();
    expect(feeds.get('portfolio', { slug: 'a' })).not.toBe(feeds.get('portfolio', { slug: 'b' }));
    expect(feeds.get('portfolio', { slug: 'a' })).toBe(feeds.get('portfolio', { slug: 'a' }));
  });
});
