import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonMistake, mistakeWords } from './json-mistake.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // JSON.parse says so by throwing.
    return false;
  }
}

describe('the mistake in a JSON text', () => {
  it.each([
    ['{"a":1,}', 1, 8, 'a name in double quotes is expected'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, ', or } is expected'],
    ['[1,]', 1, 4, 'a value is expected'],
    ['{"a" 1}', 1, 6, ': is expected'],
    ["{'a':1}", 1, 2, 'a name in double quotes is expected'],
    ['{"a":01}', 1, 7, ', or } is expected'],
    ['{"a":"b', 1, 8, 'the text ends within a string; " is expected'],
    ['{"a":1} x', 1, 9, 'nothing may follow the value'],
    ['', 1, 1, 'the text ends where a value is expected'],
    ['{"a":NaN}', 1, 6, 'a value is expected'],
  ])('of %j is named with its place', (text, line, column, words) => {
    expect(jsonMistake(text)).toMatchObject({ line, column, words });
  });

  it('in a string is the letter that cannot stand there', () => {
    expect(jsonMistake('"a\nb"')).toMatchObject({ at: 2, line: 1, column: 3 });
    expect(jsonMistake('"\\x"')).toMatchObject({ at: 1 });
  });

  it('is found exactly when JSON.parse finds one', () => {
    const mutated = fc
      .tuple(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', '\\', '0', ' ', '\n', ':'),
      )
      .map(([text, place, letter]) => {
        const at = place % (text.length + 1);
        return text.slice(0, at) + letter + text.slice(letter === '' ? at + 1 : at);
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), mutated, fc.string()), (text) => {
        expect(jsonMistake(text) === null).toBe(isJson(text));
      }),
    );
  });

  it('of a text that is nested without end does not exhaust the stack', () => {
    expect(jsonMistake('['.repeat(1_000_000))?.words).toBe('nested too deeply');
  });

  it('reads as a sentence', () => {
    expect(mistakeWords({ at: 9, line: 2, column: 5, words: ': is expected' })).toBe(
      'Line 2, column 5: : is expected',
    );
  });
});
