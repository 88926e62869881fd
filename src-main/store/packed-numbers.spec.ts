import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberReader, NumberWriter } from './packed-numbers.ts';

const whole = fc.oneof(
  fc.constantFrom(0, 63, 64, 127, 128, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER),
  fc.maxSafeNat(),
);

describe('packed numbers', () => {
  it('are read as they were written, whatever their sizes and signs', () => {
    const number = fc.record({
      value: whole,
      sign: fc.constantFrom('none' as const, 1 as const, -1 as const),
    });
    fc.assert(
      fc.property(fc.array(number), (numbers) => {
        const writer = new NumberWriter(0);
        for (const { value, sign } of numbers) {
          if (sign === 'none') writer.put(value);
          else writer.putSigned(sign * value);
        }
        const reader = new NumberReader(writer.bytes);
        for (const { value, sign } of numbers) {
          if (sign === 'none') expect(reader.take()).toBe(value);
          else expect(reader.takeSigned()).toBe(sign * value + 0);
        }
        expect(() => reader.take()).toThrow('packed numbers end too early');
      }),
    );
  });

  it('take a byte as long as they are small', () => {
    const writer = new NumberWriter(0);
    for (const value of [0, 127]) writer.put(value);
    for (const value of [-63, 63]) writer.putSigned(value);
    expect(writer.bytes).toHaveLength(4);
    writer.put(128);
    expect(writer.bytes).toHaveLength(6);
  });

  it.each([Number.NaN, 0.5, Infinity, 2 ** 53])(
    'refuse %d, which is no whole number that is exact',
    (value) => {
      const writer = new NumberWriter(0);
      expect(() => writer.put(value)).toThrow(RangeError);
      expect(() => writer.putSigned(value)).toThrow(RangeError);
      expect(() => writer.put(-1)).toThrow(RangeError);
    },
  );
});
