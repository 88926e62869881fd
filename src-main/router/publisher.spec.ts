import { describe, expect, it } from 'vitest';
import { ContractError } from '../../src-contract/result.ts';
import { FRAME_MS, paramsText } from './publisher.ts';
import { SessionFixture } from './testing/session-fixture.ts';

describe('the publisher', () => {
  it('reads a row once for all clients of a feed', async () => {
    const fixture = new SessionFixture();
    for (let count = 0; count < 10; count++) fixture.client().openSparks(1);
    await fixture.clock.advance(FRAME_MS);
    fixture.reads = 0;
    fixture.set('a', 1);
    await fixture.clock.advance(FRAME_MS);
    expect(fixture.reads).toBe(1);
    expect(fixture.publisher.groups).toBe(1);
  });

  it('keeps the same feed with other parameters apart', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    client.send({ t: 'open', id: 1, feed: 'portfolio', params: { slug: 'anna' } });
    client.send({ t: 'open', id: 2, feed: 'portfolio', params: { slug: 'ben' } });
    await fixture.clock.advance(0);
    fixture.publisher.touch('portfolio', 'A', paramsText({ slug: 'ben' }));
    await fixture.clock.advance(FRAME_MS);
    expect(client.parts.slice(2)).toEqual([{ id: 2, seq: 1, patch: { drop: ['A'] } }]);
    expect(fixture.publisher.isRead('portfolio', paramsText({ slug: 'anna' }))).toBe(true);
    expect(fixture.publisher.isRead('portfolio', paramsText({ slug: 'cleo' }))).toBe(false);
  });

  it('does nothing about what nobody reads', async () => {
    const fixture = new SessionFixture();
    fixture.set('a', 1);
    fixture.publisher.touchHead('sparks');
    fixture.publisher.replace('sparks');
    expect([fixture.clock.pending, fixture.publisher.isRead('sparks')]).toEqual([0, false]);
  });

  it('forgets a group that its last reader left', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    client.openSparks(1);
    client.openSparks(2);
    client.send({ t: 'close', id: 1 });
    expect(fixture.publisher.groups).toBe(1);
    client.send({ t: 'close', id: 2 });
    expect(fixture.publisher.groups).toBe(0);
  });

  it('sends a row that came and went within a frame as gone, which does no harm', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    client.openSparks(1);
    await fixture.clock.advance(0);
    fixture.set('a', 1);
    fixture.rows.delete('a');
    fixture.publisher.touch('sparks', 'a');
    await fixture.clock.advance(FRAME_MS);
    expect(client.parts[1]).toEqual({ id: 1, seq: 1, patch: { drop: ['a'] } });
  });

  it('sends a head alone when only the head changed', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    client.openSparks(1);
    await fixture.clock.advance(0);
    fixture.publisher.touchHead('sparks');
    await fixture.clock.advance(FRAME_MS);
    expect(client.parts[1]).toEqual({ id: 1, seq: 1, patch: { head: { env: 'dev' } } });
  });

  it('begins one feed again with a snapshot, or all of them', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    client.openSparks(1);
    client.send({ t: 'open', id: 2, feed: 'portfolio', params: { slug: 'anna' } });
    await fixture.clock.advance(0);
    fixture.publisher.replace('sparks');
    await fixture.clock.advance(FRAME_MS);
    fixture.publisher.replaceAll();
    await fixture.clock.advance(FRAME_MS);
    const snapshots = client.parts.filter(({ snapshot }) => snapshot !== undefined).map(({ id }) => id);
    expect(snapshots).toEqual([1, 2, 1, 1, 2]);
  });

  it('sends a snapshot instead of a patch of more rows than it remembers', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    client.openSparks(1);
    await fixture.clock.advance(0);
    for (let index = 0; index <= 4096; index++) fixture.set(`s${index}`, 1);
    await fixture.clock.advance(FRAME_MS);
    expect(client.parts[1]?.snapshot?.rows).toHaveLength(4097);
  });

  it('sends a snapshot to a client that was busy for so long that too many rows wait', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    client.acknowledges = false;
    client.openSparks(1);
    await fixture.clock.advance(0);
    for (let index = 0; index <= 4096; index++) {
      fixture.set(`s${index}`, 1);
      if (index === 2000) await fixture.clock.advance(FRAME_MS);
    }
    await fixture.clock.advance(FRAME_MS);
    client.acknowledges = true;
    client.send({ t: 'ack', frame: 1 });
    await fixture.clock.advance(FRAME_MS);
    expect(client.parts[1]?.snapshot?.rows).toHaveLength(4097);
  });

  it('tells why a feed cannot be read, and goes on when it can again', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    fixture.refusal = new ContractError('unavailable', 'not yet');
    client.openSparks(1);
    await fixture.clock.advance(0);
    expect(client.parts).toEqual([{ id: 1, seq: 0, error: { code: 'unavailable', message: 'not yet' } }]);
    fixture.refusal = null;
    client.send({ t: 'resync', id: 1 });
    await fixture.clock.advance(FRAME_MS);
    expect(client.parts[1]).toMatchObject({ id: 1, seq: 1, snapshot: { head: { env: 'dev' } } });
  });

  it('holds no timer once it is stopped', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    client.openSparks(1);
    await fixture.publisher.stop();
    fixture.set('a', 1);
    expect([fixture.clock.pending, client.received]).toEqual([0, []]);
  });
});
