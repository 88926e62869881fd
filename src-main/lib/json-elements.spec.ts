import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonElements, pickJsonElements } from './json-elements.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const texts = (json: string): string[] =>
  jsonElements(bytes(json)).map(({ begin, end }) => Buffer.from(json).subarray(begin, end).toString());

describe('jsonElements', () => {
  it('finds elements whatever stands in their strings', () => {
    expect(texts('[{"a":"],["},"\\"]", [1, [2]] ,"ü"]')).toEqual([
      '{"a":"],["}',
      '"\\"]"',
      ' [1, [2]] ',
      '"ü"',
    ]);
    expect(texts(' [ ] ')).toEqual([]);
  });

  it('takes every array apart as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1), (values, space) => {
        const expected = JSON.parse(JSON.stringify(values)) as unknown[];
        const found = texts(JSON.stringify(values, null, space)).map((text): unknown => JSON.parse(text));
        expect(found).toEqual(expected);
      }),
    );
  });

  it('refuses what is no array', () => {
    expect(() => jsonElements(bytes('{"a":[]}'))).toThrow('the text is no JSON array');
    expect(() => jsonElements(bytes('[1, "2'))).toThrow('the JSON array has no end');
  });
});

describe('pickJsonElements', () => {
  it('keeps each element byte for byte, numbers that no parser gives back included', () => {
    const picked = pickJsonElements(bytes('[1.0, {"id":12345678901234567890}, 3e0]'), [0, 1]);
    expect(Buffer.from(picked).toString()).toBe('[1.0, {"id":12345678901234567890}]');
    expect(Buffer.from(pickJsonElements(bytes('[1]'), [])).toString()).toBe('[]');
  });

  it('says when there is no such element', () => {
    expect(() => pickJsonElements(bytes('[1]'), [1])).toThrow('has 1 elements, none at 1');
  });
});
