import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonAt, jsonElements, jsonMember, pickJsonElements } from './json-elements.ts';

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
    expect(() => jsonElements(bytes('[1, "2'))).toThrow('the JSON has no end');
  });
});

describe('jsonMember', () => {
  const member = (json: string, name: string): string | undefined => {
    const place = jsonMember(bytes(json), name);
    return place && Buffer.from(jsonAt(bytes(json), place)).toString();
  };

  it('finds the value of a name, however it is written, and the last of several', () => {
    expect(member(' { "a" : {"b":[1,"}"]} , "p\\u0061y" :  1e999 } ', 'pay')).toBe('1e999');
    expect(member('{"a":1,"b":[{}],"a":[2, 3]}', 'a')).toBe('[2, 3]');
    expect(member('{"b":{"a":1}}', 'a')).toBeUndefined();
    expect(member('{}', 'a')).toBeUndefined();
  });

  it('takes every object apart as JSON.parse does', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
    fc.assert(
      fc.property(object, fc.constantFrom(undefined, 1), (value, space) => {
        const json = JSON.stringify(value, null, space);
        for (const [name, expected] of Object.entries(JSON.parse(json) as object)) {
          expect(JSON.parse(member(json, name) ?? '')).toEqual(expected);
        }
      }),
    );
  });

  it('refuses what is no object', () => {
    expect(() => jsonMember(bytes('[1]'), 'a')).toThrow('the text is no JSON object');
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
