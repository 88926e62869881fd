import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payloadText } from './payload-text.ts';

const show = (bytes: Uint8Array, size = bytes.length) => payloadText(bytes, size);

describe('payloadText', () => {
  it('shows a short body as it is', () => {
    expect(show(Buffer.from('{"slug":"é€😀"}'))).toEqual({ payload: '{"slug":"é€😀"}', truncated: false });
  });

  it('shows bytes that are not UTF-8 as \\xNN, and the text around them', () => {
    expect(show(Buffer.from([0x61, 0xff, 0xc3, 0xa9, 0xc3, 0x62, 0xe2, 0x82])).payload).toBe(
      'a\\xFFé\\xC3b\\xE2\\x82',
    );
  });

  it('cuts a long body between characters, and says so', () => {
    for (const character of ['é', '€', '😀']) {
      const { payload, truncated } = show(Buffer.from(`x${character.repeat(4_000)}`));
      expect(truncated).toBe(true);
      expect(payload).toMatch(new RegExp(`^x(${character})+$`, 'u'));
    }
  });

  it('says that there is more when only a part was kept', () => {
    expect(show(Buffer.from('part'), 2_000_000)).toEqual({ payload: 'part', truncated: true });
  });

  it('gives back every text that fits, and fails on no bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(show(Buffer.from(text)).payload).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
        expect(show(bytes).payload.length).toBeLessThanOrEqual(4 * 4_096);
      }),
    );
  });
});
