import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixedText, viewOf } from './fixed-text.ts';

const ascii = fc.string({ unit: fc.constantFrom('a', 'b', '"', ':', ','), minLength: 4, maxLength: 13 });

describe('a fixed text', () => {
  it('is found where it stands, whatever is around it', () => {
    fc.assert(
      fc.property(
        ascii,
        fc.uint8Array({ maxLength: 5 }),
        fc.uint8Array({ maxLength: 5 }),
        (text, before, behind) => {
          const bytes = Buffer.concat([before, Buffer.from(text), behind]);
          expect(new FixedText(text).isAt(viewOf(bytes), before.length)).toBe(true);
          expect(new FixedText(text).length).toBe(text.length);
        },
      ),
    );
  });

  it('is not found where one byte is another one', () => {
    fc.assert(
      fc.property(ascii, fc.nat(), fc.integer({ min: 1, max: 255 }), (text, place, change) => {
        const bytes = Buffer.from(text);
        const at = place % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(at) ^ change, at);
        expect(new FixedText(text).isAt(viewOf(bytes), 0)).toBe(false);
      }),
    );
  });
});
