import { describe, expect, it } from 'vitest';
import type { StoredReject } from '../../store/port.ts';
import { patchedBody, replacedBody, type EditedBody } from './edited-body.ts';

function reject(body: string, bytes = Buffer.byteLength(body)): StoredReject {
  return {
    id: 1,
    env: 'dev',
    source: 'nats',
    subject: 'analytics.event',
    received_at: '2026-11-21T09:30:00.000Z',
    reason: 'no type',
    bytes,
    payload: body,
    truncated: false,
    attempts: 0,
    redriven_at: null,
    body: Buffer.from(body),
  };
}

const textOf = (body: EditedBody): string =>
  body instanceof Uint8Array ? Buffer.from(body).toString() : body.refusal;

describe('the body that is redriven', () => {
  it('is the one received, unless another is given', () => {
    expect(textOf(replacedBody(reject('{ "a":1}'), undefined))).toBe('{ "a":1}');
    expect(textOf(replacedBody(reject('{ "a":1}'), '{}'))).toBe('{}');
    expect(textOf(patchedBody(reject('{ "a":1}'), undefined))).toBe('{ "a":1}');
  });

  it('is merged with a patch where it is JSON, and refused with the reason where it is not', () => {
    expect(textOf(patchedBody(reject('{"a":1,"b":2}'), { b: null, c: 3 }))).toBe('{"a":1,"c":3}');
    expect(textOf(patchedBody(reject('{"a":'), { b: 1 }))).toContain('cannot be merged with a patch');
  });

  it('of a payload that was not kept whole has to be given', () => {
    const cut = reject('{"a":1}', 2_000_000);
    expect(textOf(replacedBody(cut, '{"a":2}'))).toBe('{"a":2}');
    for (const body of [replacedBody(cut, undefined), patchedBody(cut, {}), patchedBody(cut, undefined)]) {
      expect(textOf(body)).toContain('too large to be kept whole');
    }
  });
});
