import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers } from './subject-match.ts';

const token = fc.constantFrom('a', 'b', 'c');
const subject = fc.array(token, { minLength: 1, maxLength: 4 }).map((tokens) => tokens.join('.'));
const pattern = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'c', '*'), { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([tokens, open]) => [...tokens, ...(open ? ['>'] : [])].join('.'));

/** The meaning of a pattern as a regular expression, told independently. */
function meaning(text: string): RegExp {
  const source = text
    .split('.')
    .map((part) => (part === '*' ? '[^.]+' : part === '>' ? '.+' : part))
    .join('\\.');
  return new RegExp(`^${source}$`);
}

describe('covers', () => {
  it.each([
    ['dev.>', 'dev.stock.price_updated', true],
    ['>', 'dev.stock.price_updated', true],
    ['*.stock.*', 'dev.stock.price_updated', true],
    ['dev.stock.price_updated', 'dev.stock.price_updated', true],
    ['dev.*', 'dev.stock.price_updated', false],
    ['dev.stock.price_updated.>', 'dev.stock.price_updated', false],
    ['prod.>', 'dev.stock.price_updated', false],
    ['dev.>', 'dev.>', true],
    ['dev.*.>', 'dev.>', false],
    ['dev.*', 'dev.>', false],
  ])('%s over %s: %s', (wide, narrow, answer) => {
    expect(covers(wide, narrow)).toBe(answer);
  });

  it('agrees with the meaning of wildcards for every plain subject', () => {
    fc.assert(
      fc.property(pattern, subject, (wide, plain) => {
        expect(covers(wide, plain)).toBe(meaning(wide).test(plain));
      }),
    );
  });

  it('holds for all subjects of a covered pattern', () => {
    fc.assert(
      fc.property(pattern, pattern, subject, (wide, narrow, plain) => {
        if (covers(wide, narrow) && meaning(narrow).test(plain)) expect(meaning(wide).test(plain)).toBe(true);
      }),
    );
  });
});
