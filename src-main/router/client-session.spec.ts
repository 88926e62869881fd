import { describe, expect, it } from 'vitest';
import { MAX_CLIENT_MESSAGE, MAX_OPEN_CALLS, MAX_OPEN_FEEDS } from '../../src-contract/frames.ts';
import { ContractError } from '../../src-contract/result.ts';
import { DEFAULT_SETTINGS } from '../../src-contract/settings.ts';
import { FRAME_MS } from './publisher.ts';
import { SessionFixture } from './testing/session-fixture.ts';

describe('a call', () => {
  it('is answered by its handler, with the id it came with', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client({ 'settings.get': () => DEFAULT_SETTINGS });
    client.send({ t: 'call', id: 7, channel: 'settings.get', args: {} });
    await fixture.clock.advance(0);
    expect(client.received).toEqual([{ t: 'ok', id: 7, value: DEFAULT_SETTINGS }]);
  });

  it('that no channel is named by, or whose arguments do not fit, reaches no handler', async () => {
    const fixture = new SessionFixture();
    let handled = 0;
    const handler = () => {
      handled++;
      return { env: 'dev' };
    };
    const client = fixture.client({ 'environment.set': handler });
    client.send({ t: 'call', id: 1, channel: 'environment.reset', args: {} });
    client.send({ t: 'call', id: 2, channel: 'environment.set', args: { name: 'Not A Token' } });
    client.send({ t: 'call', id: 3, channel: '__proto__', args: {} });
    await fixture.clock.advance(0);
    const codes = client.received.map((message) => (message.t === 'failed' ? message.error.code : null));
    expect(codes).toEqual(['not_found', 'invalid_argument', 'not_found']);
    expect([handled, fixture.audited]).toEqual([0, []]);
  });

  it('that throws something unexpected fails as internal', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client({
      'settings.get': () => {
        throw new TypeError('boom');
      },
    });
    client.send({ t: 'call', id: 1, channel: 'settings.get', args: {} });
    await fixture.clock.advance(0);
    expect(client.received).toEqual([{ t: 'failed', id: 1, error: { code: 'internal', message: 'boom' } }]);
  });

  it('is refused while too many wait, and taken again once one is answered', async () => {
    const fixture = new SessionFixture();
    const answers: (() => void)[] = [];
    const client = fixture.client({
      'settings.get': () =>
        new Promise((resolve) => {
          answers.push(() => resolve(DEFAULT_SETTINGS));
        }),
    });
    const call = (id: number) => client.send({ t: 'call', id, channel: 'settings.get', args: {} });
    for (let id = 1; id <= MAX_OPEN_CALLS; id++) call(id);
    call(1000);
    await fixture.clock.advance(0);
    expect(client.received).toMatchObject([{ t: 'failed', id: 1000, error: { code: 'too_many' } }]);
    answers[0]?.();
    await fixture.clock.advance(0);
    call(1001);
    expect(answers).toHaveLength(MAX_OPEN_CALLS + 1);
  });

  it('is answered to nobody once the client is gone', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client({ 'settings.get': () => DEFAULT_SETTINGS });
    client.send({ t: 'call', id: 1, channel: 'settings.get', args: {} });
    client.session.close();
    client.send({ t: 'call', id: 2, channel: 'settings.get', args: {} });
    await fixture.clock.advance(0);
    expect(client.received).toEqual([]);
  });
});

describe('a command', () => {
  it('is written to the audit list when it is done, and so is its failure', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client({
      'environment.set': ({ name }) => {
        if (name === 'prod') throw new ContractError('conflict', 'not now');
        return { env: name };
      },
    });
    client.send({ t: 'call', id: 1, channel: 'environment.set', args: { name: 'dev' } });
    await fixture.clock.advance(0);
    client.send({ t: 'call', id: 2, channel: 'environment.set', args: { name: 'prod' } });
    await fixture.clock.advance(0);
    const common = { actor: 'browser: test', action: 'environment.set' };
    expect(fixture.audited).toEqual([
      { ...common, target: 'dev', result: 'done' },
      { ...common, target: 'prod', result: 'not now' },
    ]);
    expect(client.received).toMatchObject([{ t: 'ok' }, { t: 'failed', error: { code: 'conflict' } }]);
  });

  it('names what it was about, but never a secret', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client({
      'settings.set': () => DEFAULT_SETTINGS,
      'drill.run': () => ({ done: true }),
      'service.restart': () => ({ done: true }),
    });
    const nats = { url: 'nats://user:hunter2@host', user: 'hunter2', secret: 'hunter2' };
    client.send({ t: 'call', id: 1, channel: 'settings.set', args: { nats, base_currency: 'EUR' } });
    client.send({ t: 'call', id: 2, channel: 'drill.run', args: { drill: 'crash_portfolio', slug: 'anna' } });
    client.send({ t: 'call', id: 3, channel: 'service.restart', args: { id: 'nats' } });
    await fixture.clock.advance(0);
    expect(fixture.audited.map(({ target }) => target)).toEqual([
      'nats, base_currency',
      'crash_portfolio portfolio:anna',
      'nats',
    ]);
    expect(JSON.stringify(fixture.audited)).not.toContain('hunter2');
  });

  it('alone is audited: looking leaves no trace', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client({ 'settings.get': () => DEFAULT_SETTINGS });
    client.send({ t: 'call', id: 1, channel: 'settings.get', args: {} });
    client.openSparks(2);
    await fixture.clock.advance(FRAME_MS);
    expect(fixture.audited).toEqual([]);
  });
});

describe('garbage', () => {
  const NO_OBJECT = /^a message is a JSON object with "t", one of "call", "open", /;
  const NO_ID = /^"id" of a message "(call|open)" must be a whole number$/;

  it.each([
    ['', null, NO_OBJECT],
    ['not json', null, NO_OBJECT],
    ['null', null, NO_OBJECT],
    ['7', null, NO_OBJECT],
    ['[]', null, NO_OBJECT],
    ['{}', null, /^"t" must be one of "call", /],
    ['{"t":"odd","id":1}', 1, /^"t" must be one of "call", /],
    ['{"t":"constructor","id":1}', 1, /^"t" must be one of "call", /],
    ['{"t":"call","channel":"settings.get","args":{}}', null, NO_ID],
    ['{"t":"call","id":"1","channel":"settings.get","args":{}}', null, NO_ID],
    ['{"t":"open","id":{},"feed":"sparks","params":{}}', null, NO_ID],
    ['{"t":"open","id":"1,\\"x\\":1","feed":"sparks","params":{}}', null, NO_ID],
    ['{"t":"open","id":1.5,"feed":"sparks","params":{}}', null, NO_ID],
    ['{"t":"ack"}', null, /^"frame" of a message "ack" must be a whole number$/],
    ['{"t":"visible"}', null, /^"visible" of a message "visible" must be true or false$/],
    [
      `{"t":"open","id":1,"feed":"sparks","params":{"x":"${'x'.repeat(MAX_CLIENT_MESSAGE)}"}}`,
      null,
      /^a message has at most 65536 characters$/,
    ],
  ])('is answered once with what is accepted, and opens nothing: %.60s', async (text, id, words) => {
    const fixture = new SessionFixture();
    const client = fixture.client({ 'settings.get': () => DEFAULT_SETTINGS });
    client.session.receive(text);
    await fixture.clock.advance(FRAME_MS);
    const message = expect.stringMatching(words) as string;
    expect(client.received).toEqual([{ t: 'failed', id, error: { code: 'invalid_argument', message } }]);
    expect(client.session.feeds).toBe(0);
  });

  it.each(['{"t":"close","id":9}', '{"t":"resync","id":9}', '{"t":"ack","frame":99}'])(
    'of what is gone is answered by nothing, as messages may cross: %s',
    async (text) => {
      const fixture = new SessionFixture();
      const client = fixture.client();
      client.session.receive(text);
      await fixture.clock.advance(FRAME_MS);
      expect([client.received, client.session.feeds]).toEqual([[], 0]);
    },
  );
});

describe('feeds of a client', () => {
  it('that are too many are refused; an open one may be opened again', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    for (let id = 1; id <= MAX_OPEN_FEEDS; id++) client.openSparks(id);
    client.openSparks(MAX_OPEN_FEEDS + 1);
    expect(client.received).toMatchObject([
      { t: 'failed', id: MAX_OPEN_FEEDS + 1, error: { code: 'too_many' } },
    ]);
    client.openSparks(1);
    expect(client.received).toHaveLength(1);
    client.send({ t: 'close', id: 2 });
    client.openSparks(MAX_OPEN_FEEDS + 1);
    expect([client.received.length, client.session.feeds]).toEqual([1, MAX_OPEN_FEEDS]);
  });

  it('that do not exist, or take other parameters, are refused by their id', () => {
    const client = new SessionFixture().client();
    client.send({ t: 'open', id: 1, feed: 'constructor', params: {} });
    client.send({ t: 'open', id: 2, feed: 'portfolio', params: {} });
    expect(client.received).toMatchObject([
      { t: 'failed', id: 1, error: { code: 'not_found' } },
      {
        t: 'failed',
        id: 2,
        error: { code: 'invalid_argument', message: expect.stringContaining('"slug" is missing') as string },
      },
    ]);
  });

  it('cost nothing once the client is closed', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    client.openSparks(1);
    client.session.close();
    fixture.set('a', 1);
    await fixture.clock.advance(10 * FRAME_MS);
    expect([client.received, client.session.feeds, fixture.publisher.groups]).toEqual([[], 0, 0]);
    expect(fixture.clock.pending).toBe(0);
  });
});

describe('frames', () => {
  it('say for how long a client has not acknowledged the last one', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    client.acknowledges = false;
    expect([client.session.framesSent, client.session.waitingMs]).toEqual([0, null]);
    client.openSparks(1);
    await fixture.clock.advance(0);
    await fixture.clock.advance(1234);
    expect([client.session.framesSent, client.session.waitingMs]).toEqual([1, 1234]);
    client.send({ t: 'ack', frame: 2 });
    expect(client.session.waitingMs).toBe(1234);
    client.send({ t: 'ack', frame: 1 });
    expect(client.session.waitingMs).toBeNull();
  });

  it('carry all that happened while the client was busy, merged, as soon as it acknowledges', async () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    client.acknowledges = false;
    client.openSparks(1);
    await fixture.clock.advance(0);
    for (let round = 1; round <= 5; round++) {
      fixture.set('a', round);
      await fixture.clock.advance(FRAME_MS);
    }
    client.acknowledges = true;
    client.send({ t: 'ack', frame: 1 });
    await fixture.clock.advance(FRAME_MS);
    expect(client.parts.slice(1)).toEqual([{ id: 1, seq: 1, patch: { set: [{ slug: 'a', points: [5] }] } }]);
  });

  it('come at once to who opens a feed, and to others no faster for it', async () => {
    const fixture = new SessionFixture();
    const hasty = fixture.client();
    const calm = fixture.client();
    calm.openSparks(1);
    await fixture.clock.advance(FRAME_MS);
    const before = calm.frames;
    for (let round = 0; round < 200; round++) {
      fixture.set('a', round);
      hasty.openSparks(1);
      await fixture.clock.advance(5);
    }
    expect(hasty.frames).toBe(200);
    expect(calm.frames - before).toBeLessThanOrEqual(20);
    expect(calm.frames - before).toBeGreaterThanOrEqual(15);
    await fixture.clock.advance(FRAME_MS);
    expect(calm.parts.at(-1)).toMatchObject({ patch: { set: [{ points: [199] }] } });
  });
});

describe('a client that nobody can see', () => {
  it('counts as visible until it says otherwise, and again when it does', () => {
    const fixture = new SessionFixture();
    const client = fixture.client();
    const seen = [client.session.visible];
    client.send({ t: 'visible', visible: false });
    seen.push(client.session.visible);
    client.session.receive('{"t":"visible","visible":"maybe"}');
    client.send({ t: 'visible', visible: true });
    seen.push(client.session.visible);
    expect([seen, client.visibleChanges]).toEqual([[true, false, true], 2]);
  });
});
