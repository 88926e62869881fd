import { describe, expect, it } from 'vitest';
import { readJson } from './read-json.ts';

describe('reading JSON', () => {
  it('answers the value', () => {
    expect(readJson(Buffer.from('{"a":["ä",1]}'))).toEqual({ ok: true, value: { a: ['ä', 1] } });
  });

  it('names the byte at which the bytes stop being JSON, or UTF-8', () => {
    expect(readJson(Buffer.from('{"ä":tru}'))).toEqual({
      ok: false,
      message: 'the body is not JSON: unexpected "}" at byte 9',
      at: { position: 9 },
    });
    expect(readJson(Buffer.from('[1,'))).toEqual({
      ok: false,
      message: 'the body ends at byte 3, before its JSON is complete',
      at: { position: 3 },
    });
    expect(readJson(Buffer.of(0x5b, 0xc3, 0x5d))).toMatchObject({ at: { position: 1 } });
  });

  it('takes as many levels as it is told to, and no more', () => {
    const nested = (levels: number) => Buffer.from('['.repeat(levels) + ']'.repeat(levels));
    expect(readJson(nested(5), 5)).toMatchObject({ ok: true });
    expect(readJson(nested(6), 5)).toEqual({
      ok: false,
      message: 'the body is nested deeper than 5 levels',
      at: {},
    });
    expect(readJson(nested(500))).toMatchObject({ ok: true });
  });
});
