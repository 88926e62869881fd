import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { argumentRefusal } from './argument-refusal.ts';

const closed = { additionalProperties: false };
const schema = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z]+$', description: 'small letters', examples: ['prod'] }),
    code: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'a code of three letters' })),
    bare: Type.Optional(Type.String({ pattern: '^x$' })),
    rate: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    symbols: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 5 }), { maxItems: 2 })),
    pair: Type.Optional(Type.Array(Type.Boolean(), { minItems: 2, maxItems: 2, description: 'ends' })),
    'a/b': Type.Optional(Type.Object({ on: Type.Boolean() }, closed)),
    nothing: Type.Optional(Type.Object({}, closed)),
  },
  closed,
);
const compiled = Compile(schema);

describe('a refusal of arguments', () => {
  it.each<[unknown, string, string]>([
    [{}, '/name', '"name" is missing: it must be text such as prod (small letters)'],
    [{ name: 'A' }, '/name', '"name" must be text such as prod (small letters)'],
    [{ name: 'a', code: 'x' }, '/code', '"code" must be text (a code of three letters)'],
    [{ name: 'a', bare: 'y' }, '/bare', '"bare" must be text of the form ^x$'],
    [{ name: 'a', rate: 2 }, '/rate', '"rate" must be a number from 0 to 1'],
    [{ name: 'a', symbols: 'A' }, '/symbols', '"symbols" must be a list of at most 2 items'],
    [{ name: 'a', symbols: ['A', ''] }, '/symbols/1', '"symbols/1" must be text of 1 to 5 characters'],
    [{ name: 'a', pair: [] }, '/pair', '"pair" must be a list of 2 items (ends)'],
    [{ name: 'a', 'a/b': 1 }, '/a~1b', '"a/b" must be an object with "on"'],
    [{ name: 'a', 'a/b': {} }, '/a~1b/on', '"a/b/on" is missing: it must be true or false'],
    [
      { name: 'a', ratee: 1 },
      '/ratee',
      'the body has no field "ratee"; it takes "name", "code", "bare", "rate", "symbols", "pair", "a/b", "nothing"',
    ],
    [
      { name: 'a', 'a/b': { on: true, off: 1 } },
      '/a~1b/off',
      'the body has no field "a/b/off"; it takes "on"',
    ],
    [{ name: 'a', nothing: { x: 1 } }, '/nothing/x', 'the body has no field "nothing/x"; it takes none'],
  ])('of %j names the field and what is accepted', (value, field, message) => {
    expect(argumentRefusal(schema, compiled.Errors(value), 'the body')).toEqual({ field, message });
  });

  it('of what is no object lists the fields of one', () => {
    const errors = Compile(Type.Object({ name: Type.String() })).Errors([]);
    expect(argumentRefusal(Type.Object({ name: Type.String() }), errors, 'the body')).toEqual({
      field: '',
      message: 'the body must be a JSON object with "name"',
    });
  });
});
