import { describe, expect, it } from 'vitest';
import { readRequest } from './read-request.ts';

const http = (body: string | Uint8Array) =>
  readRequest({ family: 'analytics.event', via: 'http', body: Buffer.from(body) });
const frame = (body: unknown) =>
  readRequest({ family: 'analytics.event', via: 'websocket', body: Buffer.from(JSON.stringify(body)) });

describe('a request', () => {
  it('is one event, or an array of up to 10,000', () => {
    expect(http('{"type":"a"}')).toMatchObject({
      ok: true,
      events: [{ type: 'a' }],
      single: true,
      ref: undefined,
    });
    expect(http('[{"type":"a"},5]')).toMatchObject({ ok: true, events: [{ type: 'a' }, 5], single: false });
    expect(http(`[${'{},'.repeat(9999)}{}]`)).toMatchObject({ ok: true });
    expect(http('[]')).toEqual({
      ok: false,
      code: 'invalid_argument',
      message: 'the array is empty; 1 to 10000 events are accepted',
    });
    expect(http(`[${'{},'.repeat(10_000)}{}]`)).toEqual({
      ok: false,
      code: 'too_large',
      message: 'the array has 10001 events; at most 10000 are accepted',
    });
  });

  it('gives the text of each event as it was sent, numbers that no value holds included', () => {
    const sent = (read: ReturnType<typeof http>, index: number): string =>
      read.ok ? Buffer.from(read.sent(index)).toString() : read.message;
    expect(sent(http(' {"type":"a","value":1e999}'), 0)).toBe(' {"type":"a","value":1e999}');
    const array = http('[{"type":"a"}, {"value": -1e999} ,7]');
    expect([0, 1, 2].map((index) => sent(array, index))).toEqual(['{"type":"a"}', '{"value": -1e999}', '7']);
    const text = '{"event":"new_event","payload":{"value":1e999},"ref":1}';
    const framed = readRequest({ family: 'analytics.event', via: 'websocket', body: Buffer.from(text) });
    expect(sent(framed, 0)).toBe('{"value":1e999}');
  });

  it('that is no JSON is told at which byte', () => {
    expect(http('{"type":"ä",}')).toEqual({
      ok: false,
      code: 'invalid_json',
      message: 'the body is not JSON: unexpected "}" at byte 13',
      details: { position: 13 },
    });
    expect(http('')).toMatchObject({ code: 'invalid_json', details: { position: 0 } });
    expect(http(Buffer.of(0x22, 0xff, 0x22))).toEqual({
      ok: false,
      code: 'invalid_json',
      message: 'the body is not UTF-8 from byte 1 on',
      details: { position: 1 },
    });
  });

  it('of a million levels is refused before it is parsed', () => {
    expect(http('['.repeat(1_000_000))).toEqual({
      ok: false,
      code: 'invalid_argument',
      message: 'the body is nested deeper than 1000 levels',
    });
  });
});

describe('a frame', () => {
  it('is one new event with a reference', () => {
    expect(frame({ event: 'new_event', payload: { type: 'a' }, ref: 3 })).toMatchObject({
      ok: true,
      events: [{ type: 'a' }],
      single: true,
      ref: 3,
    });
  });

  it.each([
    [5, 'a frame is an object such as {"event":"new_event","payload":{…},"ref":1}', undefined],
    [{ payload: {}, ref: 1 }, '/event is missing; "new_event" is accepted', 1],
    [{ event: 'join', payload: {}, ref: 'x' }, '/event "join" is not known; "new_event" is accepted', 'x'],
    [{ event: 'new_event', ref: 2 }, '/payload is missing: one event', 2],
    [{ event: 'new_event', payload: [{}], ref: 2 }, '/payload is one event, not an array of them', 2],
  ])('%j is refused in words', (body, message, ref) => {
    const refused = { ok: false, code: 'invalid_argument', message };
    expect(frame(body)).toEqual(ref === undefined ? refused : { ...refused, ref });
  });

  it('repeats only the beginning of a long name', () => {
    expect(frame({ event: 'x'.repeat(200) })).toMatchObject({
      message: `/event "${'x'.repeat(59)}… is not known; "new_event" is accepted`,
    });
  });
});
