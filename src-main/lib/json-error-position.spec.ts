import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonErrorPosition } from './json-error-position.ts';

const position = (text: string) => jsonErrorPosition(Buffer.from(text));

function messageOf(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('jsonErrorPosition', () => {
  it.each([
    ['', 0],
    ['   ', 3],
    ['{"name":}', 8],
    ['{"name":"prod"', 14],
    ['{"name" "prod"}', 8],
    ["{'name':1}", 1],
    ['{"a":1,}', 7],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['tru', 3],
    ['trap', 2],
    ['"a\nb"', 2],
    ['"\\x"', 2],
    ['"\\u12g4"', 5],
    ['01', 1],
    ['-', 1],
    ['1.e3', 2],
    ['1e', 2],
    ['{}}', 2],
    ['{"é":x}', 6],
    ['NaN', 0],
  ])('of %j is byte %i', (text, at) => {
    expect(position(text)).toBe(at);
  });

  it('is null exactly for what JSON.parse accepts', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '"a"',
      '1',
      '-0.5e3',
      'null',
      ' ',
      'u00',
    );
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        expect(position(candidate) === null).toBe(messageOf(candidate) === null);
      }),
      { numRuns: 3000 },
    );
  });

  it('is null for every prefix that can go on only at its end', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, cut) => {
        const bytes = Buffer.from(text).subarray(0, cut % (Buffer.byteLength(text) + 1));
        expect([null, bytes.length]).toContain(jsonErrorPosition(bytes));
      }),
    );
  });

  it('copes with any depth', () => {
    const depth = 200_000;
    expect(position('['.repeat(depth))).toBe(depth);
    expect(position(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)).toBeNull();
  });
});
