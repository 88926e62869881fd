import { describe, expect, it } from 'vitest';
import type { FeedView, LinkState } from './client.ts';
import { FakeClient } from './fake-client.ts';
import { feedKey } from './feed-keys.ts';

describe('the fake client', () => {
  it('answers calls from its table and remembers them', async () => {
    const client = new FakeClient(feedKey, { 'environment.set': ({ name }) => ({ env: name }) });
    expect(await client.call('environment.set', { name: 'prod' })).toEqual({ env: 'prod' });
    expect(client.calls).toEqual([{ name: 'environment.set', args: { name: 'prod' } }]);
  });

  it('refuses a call nobody prepared an answer for', async () => {
    await expect(new FakeClient(feedKey).call('settings.get', {})).rejects.toMatchObject({
      code: 'unavailable',
      message: 'no answer was prepared for settings.get',
    });
  });

  it('shows what is pushed to every open feed of the name, rows by their key', () => {
    const client = new FakeClient(feedKey);
    const views: FeedView<'sparks'>[] = [];
    const close = client.open('sparks', {}, (view) => views.push(view));
    client.push('sparks', { env: 'dev' }, [{ slug: 'a', points: [1] }]);
    client.push('clients', { count: 1 }, []);
    close();
    client.push('sparks', { env: 'prod' }, []);
    expect(views.map(({ status }) => status)).toEqual([{ status: 'waiting' }, { status: 'live' }]);
    expect(views[1]?.state?.rows.get('a')).toEqual({ slug: 'a', points: [1] });
  });

  it('counts open feeds, so that a leak can be seen', () => {
    const client = new FakeClient(feedKey);
    const close = client.open('status', {}, () => undefined);
    client.open('status', {}, () => undefined);
    expect(client.openFeeds('status')).toBe(2);
    close();
    expect(client.openFeeds('status')).toBe(1);
    client.close();
    expect(client.openFeeds('status')).toBe(0);
  });

  it('breaks and heals its link when told to', () => {
    const client = new FakeClient(feedKey);
    const links: LinkState[] = [];
    const stop = client.onLink((link) => links.push(link));
    const failed: LinkState = { state: 'failed', since: 1, reason: 'broken' };
    client.setLink(failed);
    stop();
    client.setLink({ state: 'live', version: '1', env: 'dev' });
    expect(links).toEqual([failed]);
    expect(client.link.state).toBe('live');
  });
});
