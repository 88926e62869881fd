import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugNaming } from './slug-spelling.ts';

const slugs = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,63}$/);
const choice = fc.record({ escaped: fc.boolean(), capital: fc.boolean(), capitalHex: fc.boolean() });
const choices = fc.array(choice, { minLength: 64, maxLength: 64 });
const noise = fc.uint8Array({ maxLength: 40 });

type Choice = typeof choice extends fc.Arbitrary<infer C> ? C : never;

/** The slug with each character as chosen: as it is or in capitals, escaped or not. */
function spell(slug: string, chosen: readonly Choice[]): string {
  return Array.from(slug, (letter, index) => {
    const { escaped, capital, capitalHex } = chosen[index]!;
    const character = capital ? letter.toUpperCase() : letter;
    if (!escaped) return character;
    const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
    return String.raw`\u${capitalHex ? hex.toUpperCase() : hex}`;
  }).join('');
}

const names = (slug: string, payload: string | Uint8Array): boolean => slugNaming(slug)(Buffer.from(payload));

describe('slugNaming', () => {
  it('finds every spelling of a slug, whatever bytes surround the text', () => {
    fc.assert(
      fc.property(slugs, choices, noise, noise, (slug, chosen, before, after) => {
        const text = `"${spell(slug, chosen)}"`;
        expect((JSON.parse(text) as string).toLowerCase()).toBe(slug);
        expect(names(slug, Buffer.concat([before, Buffer.from(text), after]))).toBe(true);
      }),
    );
  });

  it('finds every spelling in JSON within JSON, in UTF-16 and in a payload cut off behind it', () => {
    fc.assert(
      fc.property(slugs, choices, (slug, chosen) => {
        const body = `{"holdings":5,"slug":"${spell(slug, chosen)}"}`;
        expect(names(slug, JSON.stringify(JSON.stringify(body)))).toBe(true);
        expect(names(slug, Buffer.from(body, 'utf16le'))).toBe(true);
        expect(names(slug, body.slice(0, -2))).toBe(true);
      }),
    );
  });

  it('finds a slug in no text that JSON reads as another one', () => {
    fc.assert(
      fc.property(slugs, slugs, choices, (slug, other, chosen) => {
        fc.pre(slug !== other);
        expect(names(slug, `{"x":"${spell(other, chosen)}-"}`)).toBe(slug === `${other}-`);
        expect(names(slug, `["${spell(slug, chosen)}${other}"]`)).toBe(false);
        expect(names(slug, `["${other}${spell(slug, chosen)}"]`)).toBe(false);
      }),
    );
  });

  it.each([
    ["{'slug': 'anna-one'}", true],
    [' anna-one\n', true],
    ['{"slug":" Anna-One "}', true],
    [String.raw`{\u0022slug\u0022:\u0022anna-one\u0022}`, true],
    ['{"slug":"anna-one and more"}', false],
    ['{"slug":"anna_one"}', false],
    ['{"slug":"anna-on', false],
    ['', false],
  ])('judges %j', (payload, isNamed) => expect(names('anna-one', payload)).toBe(isNamed));
});
