import { describe, expect, it } from 'vitest';
import type { FeedView, LinkState } from './client.ts';
import { MAX_OPEN_CALLS, type ServerMessage } from './frames.ts';
import { HELLO, Pipe } from './testing/pipe.ts';

function livePipe(whenDrawn?: (acknowledge: () => void) => void): Pipe {
  const pipe = new Pipe(whenDrawn);
  pipe.say(HELLO);
  return pipe;
}

function openSparks(pipe: Pipe): { views: FeedView<'sparks'>[]; last(): FeedView<'sparks'>; close(): void } {
  const views: FeedView<'sparks'>[] = [];
  const close = pipe.client.open('sparks', {}, (view) => views.push(view));
  return {
    views,
    close,
    last() {
      const view = views.at(-1);
      if (view === undefined) throw new Error('nothing was shown');
      return view;
    },
  };
}

const snapshot = (id: number, seq = 0): ServerMessage => ({
  t: 'frame',
  frame: 1,
  feeds: [{ id, seq, snapshot: { head: { env: 'dev' }, rows: [{ slug: 'a', points: [1] }] } }],
});

describe('a call', () => {
  it('resolves with its own answer, whatever the order of answers', async () => {
    const pipe = livePipe();
    const first = pipe.client.call('community.get', {});
    const second = pipe.client.call('settings.get', {});
    expect(pipe.taken()).toEqual([
      { t: 'call', id: 1, channel: 'community.get', args: {} },
      { t: 'call', id: 2, channel: 'settings.get', args: {} },
    ]);
    pipe.say({ t: 'ok', id: 2, value: 'two' });
    pipe.say({ t: 'ok', id: 1, value: 'one' });
    expect([await first, await second]).toEqual(['one', 'two']);
    expect(pipe.timers.size).toBe(0);
  });

  it('rejects with the failure as an error', async () => {
    const pipe = livePipe();
    const call = pipe.client.call('portfolio.get', { slug: 'x' });
    pipe.say({
      t: 'failed',
      id: 1,
      error: { code: 'not_found', message: 'no x', details: { field: '/slug' } },
    });
    await expect(call).rejects.toMatchObject({
      name: 'ContractError',
      code: 'not_found',
      message: 'no x',
      details: { field: '/slug' },
    });
  });

  it('rejects after 30 s without an answer; one that comes later is nobody’s', async () => {
    const pipe = livePipe();
    const call = pipe.client.call('settings.get', {});
    expect([...pipe.timers].map(({ ms }) => ms)).toEqual([30_000]);
    pipe.timeOut();
    await expect(call).rejects.toMatchObject({
      code: 'timeout',
      message: 'settings.get was not answered within 30 s',
    });
    expect(() => pipe.say({ t: 'ok', id: 1, value: 1 })).not.toThrow();
    void pipe.client.call('import.apply', { id: 'x' }).catch(() => undefined);
    expect([...pipe.timers].map(({ ms }) => ms)).toContain(600_000);
  });

  it('rejects at once while the link is not live, with the reason', async () => {
    const pipe = new Pipe();
    await expect(pipe.client.call('settings.get', {})).rejects.toMatchObject({
      code: 'unavailable',
      message: 'connecting',
    });
    expect(pipe.sent).toEqual([]);
  });

  it('is refused when too many wait, until one is answered', async () => {
    const pipe = livePipe();
    const waiting = Array.from({ length: MAX_OPEN_CALLS }, () => pipe.client.call('settings.get', {}));
    await expect(pipe.client.call('settings.get', {})).rejects.toMatchObject({ code: 'too_many' });
    pipe.say({ t: 'ok', id: 1, value: 1 });
    await waiting[0];
    const next = pipe.client.call('settings.get', {});
    expect(pipe.sent).toHaveLength(MAX_OPEN_CALLS + 1);
    pipe.client.close();
    const ends = await Promise.allSettled([...waiting.slice(1), next]);
    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['rejected']));
  });

  it('rejects when the engine restarts or stops meanwhile', async () => {
    const pipe = livePipe();
    const call = pipe.client.call('settings.get', {});
    pipe.say(HELLO);
    await expect(call).rejects.toMatchObject({ code: 'unavailable', message: 'the engine restarted' });
    const next = pipe.client.call('settings.get', {});
    pipe.say({ t: 'link', state: 'down', since: 5, reason: 'it crashed' });
    await expect(next).rejects.toMatchObject({ code: 'unavailable', message: 'it crashed' });
    expect(pipe.timers.size).toBe(0);
  });
});

describe('the link', () => {
  it('is connecting until the engine says hello', () => {
    const pipe = new Pipe();
    expect(pipe.client.link).toEqual({
      state: 'connecting',
      since: 1000,
      reason: 'connecting',
      retryAt: null,
    });
    pipe.say(HELLO);
    expect(pipe.client.link).toEqual({ state: 'live', version: '1.2.3', env: 'dev' });
  });

  it('tells its listeners of a transport that broke, of an engine that is down, and of one that failed', () => {
    const pipe = livePipe();
    const links: LinkState[] = [];
    const stop = pipe.client.onLink((link) => links.push(link));
    pipe.turn({ state: 'connecting', since: 7, retryAt: 9, reason: 'closed' });
    pipe.turn({ state: 'open' });
    pipe.say({ t: 'link', state: 'down', since: 8, reason: 'restarting' });
    pipe.say({ t: 'link', state: 'failed', since: 9, reason: 'too often' });
    stop();
    pipe.say(HELLO);
    expect(links).toEqual([
      { state: 'connecting', since: 7, reason: 'closed', retryAt: 9 },
      { state: 'connecting', since: 8, reason: 'restarting', retryAt: null },
      { state: 'failed', since: 9, reason: 'too often' },
    ]);
  });
});

describe('a feed', () => {
  it('waits for its snapshot, then follows the patches', () => {
    const pipe = livePipe();
    const feed = openSparks(pipe);
    expect(feed.views).toEqual([{ status: { status: 'waiting' }, state: null }]);
    expect(pipe.taken()).toEqual([{ t: 'open', id: 1, feed: 'sparks', params: {} }]);
    pipe.say(snapshot(1));
    pipe.say({
      t: 'frame',
      frame: 2,
      feeds: [{ id: 1, seq: 1, patch: { set: [{ slug: 'b', points: [] }] } }],
    });
    expect(feed.last().status).toEqual({ status: 'live' });
    expect([...(feed.last().state?.rows.keys() ?? [])]).toEqual(['a', 'b']);
    expect(pipe.taken()).toEqual([
      { t: 'ack', frame: 1 },
      { t: 'ack', frame: 2 },
    ]);
  });

  it('asks for a snapshot again after a gap, and shows the last state meanwhile', () => {
    const pipe = livePipe();
    const feed = openSparks(pipe);
    pipe.say(snapshot(1));
    pipe.taken();
    pipe.say({ t: 'frame', frame: 2, feeds: [{ id: 1, seq: 2, patch: { drop: ['a'] } }] });
    expect(pipe.taken()).toEqual([
      { t: 'resync', id: 1 },
      { t: 'ack', frame: 2 },
    ]);
    expect([...(feed.last().state?.rows.keys() ?? [])]).toEqual(['a']);
  });

  it('is opened again by every hello, and stays visible as stale in between', () => {
    const pipe = livePipe();
    const feed = openSparks(pipe);
    pipe.say(snapshot(1));
    pipe.say({ t: 'link', state: 'down', since: 5, reason: 'it crashed' });
    expect(feed.last().status).toEqual({ status: 'stale', since: 5, reason: 'it crashed' });
    expect(feed.last().state?.rows.size).toBe(1);
    pipe.taken();
    pipe.say(HELLO);
    expect(pipe.taken()).toEqual([{ t: 'open', id: 1, feed: 'sparks', params: {} }]);
    pipe.say(snapshot(1));
    expect(feed.last().status).toEqual({ status: 'live' });
  });

  it('that is opened while the link is down is sent with the next hello, and says so until then', () => {
    const pipe = new Pipe();
    const feed = openSparks(pipe);
    expect(pipe.sent).toEqual([]);
    expect(feed.last()).toEqual({
      status: { status: 'stale', since: 1000, reason: 'connecting' },
      state: null,
    });
    pipe.say(HELLO);
    expect(pipe.taken()).toEqual([{ t: 'open', id: 1, feed: 'sparks', params: {} }]);
  });

  it('that a listener to the link opens is sent once', () => {
    const pipe = new Pipe();
    pipe.client.onLink(() => openSparks(pipe));
    pipe.say(HELLO);
    expect(pipe.taken()).toEqual([{ t: 'open', id: 1, feed: 'sparks', params: {} }]);
  });

  it('that the engine refuses shows why, and is tried again after a restart', () => {
    const pipe = livePipe();
    const feed = openSparks(pipe);
    const error = { code: 'too_many' as const, message: 'more than 64 feeds are open' };
    pipe.say({ t: 'failed', id: 1, error });
    expect(feed.last()).toEqual({ status: { status: 'failed', error }, state: null });
    pipe.taken();
    pipe.say(HELLO);
    pipe.say(snapshot(1));
    expect(feed.last().status).toEqual({ status: 'live' });
  });

  it('that fails later shows why and drops its state: it may not be shown any more', () => {
    const pipe = livePipe();
    const feed = openSparks(pipe);
    pipe.say(snapshot(1));
    const error = { code: 'internal' as const, message: 'boom' };
    pipe.say({ t: 'frame', frame: 2, feeds: [{ id: 1, seq: 1, error }] });
    expect(feed.last()).toEqual({ status: { status: 'failed', error }, state: null });
  });

  it('closes once, and hears nothing afterwards', () => {
    const pipe = livePipe();
    const feed = openSparks(pipe);
    pipe.taken();
    feed.close();
    feed.close();
    expect(pipe.taken()).toEqual([{ t: 'close', id: 1 }]);
    const before = feed.views.length;
    pipe.say(snapshot(1));
    pipe.say(HELLO);
    expect(feed.views).toHaveLength(before);
  });

  it('that is closed while the link is down is not opened again', () => {
    const pipe = livePipe();
    const feed = openSparks(pipe);
    pipe.turn({ state: 'connecting', since: 7, retryAt: 9, reason: 'closed' });
    pipe.taken();
    feed.close();
    pipe.say(HELLO);
    expect(pipe.taken()).toEqual([]);
  });
});

describe('a frame', () => {
  it('is acknowledged when it has been drawn', () => {
    const drawn: (() => void)[] = [];
    const pipe = livePipe((acknowledge) => drawn.push(acknowledge));
    openSparks(pipe);
    pipe.taken();
    pipe.say(snapshot(1));
    expect(pipe.taken()).toEqual([]);
    drawn[0]?.();
    expect(pipe.taken()).toEqual([{ t: 'ack', frame: 1 }]);
  });

  it('that was drawn after the engine restarted is not acknowledged: its number belongs to another now', () => {
    const drawn: (() => void)[] = [];
    const pipe = livePipe((acknowledge) => drawn.push(acknowledge));
    openSparks(pipe);
    pipe.say(snapshot(1));
    pipe.say(HELLO);
    pipe.taken();
    drawn[0]?.();
    expect(pipe.taken()).toEqual([]);
  });
});

describe('a closed client', () => {
  it('rejects its calls, closes the transport and hears nothing more', async () => {
    const pipe = livePipe();
    const call = pipe.client.call('settings.get', {});
    const feed = openSparks(pipe);
    const shown = feed.views.length;
    pipe.client.close();
    await expect(call).rejects.toMatchObject({ code: 'unavailable', message: 'the client was closed' });
    pipe.say(snapshot(2));
    pipe.turn({ state: 'connecting', since: 7, retryAt: 9, reason: 'closed' });
    expect(feed.views).toHaveLength(shown);
    expect(pipe.closed).toBe(true);
    expect(pipe.timers.size).toBe(0);
  });

  it('refuses further calls instead of letting them time out', async () => {
    const pipe = livePipe();
    pipe.client.close();
    await expect(pipe.client.call('settings.get', {})).rejects.toMatchObject({ code: 'unavailable' });
    expect(pipe.timers.size).toBe(0);
  });
});
