import { describe, expect, it } from 'vitest';
import { livePipe, openSparks, snapshot } from './testing/live-pipe.ts';
import { HELLO, Pipe } from './testing/pipe.ts';

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
