import { describe, expect, it } from 'vitest';
import type { LinkState } from './client.ts';
import { MAX_OPEN_CALLS } from './frames.ts';
import { livePipe, openSparks, snapshot } from './testing/live-pipe.ts';
import { HELLO, Pipe } from './testing/pipe.ts';

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
