import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchedWords, wordsOf } from './invoice-words.ts';
import { invoiceColumns, makeInvoiceCheckpoint } from './testing/invoices.ts';
import { testStore } from './testing/test-store.ts';

const TEXTS = [
  '100% _cotton_ "quoted" it\'s',
  'AND OR NOT NEAR(a b, 2) col:x ^first star* -minus {brace}',
  'Pizza🍕 ❤️ 👩‍👩‍👧',
  'شركة النور للتجارة',
  '\u202eabc\u202c שלום',
  'null\u0000byte',
  'lone \ud800 surrogate',
  '株式会社 東京 ｶﾀｶﾅ',
  'C++ $5 <b> a=b `tick` ~x |y',
];

function filled() {
  const store = testStore();
  const rows = TEXTS.map((words, index) => ({ number: `N${index}`, company: `Company ${index}`, words }));
  store.writer.invoiceCheckpoint(makeInvoiceCheckpoint('dev', 1, { arrived: [invoiceColumns(rows)] }));
  const find = (q: string): number[] =>
    store.reader
      .invoiceRows({ env: 'dev', generation: 1, filter: { q }, sort: 'number', asOf: 1e9 }, 0, 100)
      .map(({ number }) => Number(number.slice(1)));
  return { ...store, find };
}

describe('the text filter', () => {
  it.each([
    ['cotton', [0]],
    ['100%', [0]],
    ['"quoted"', [0]],
    ["it's", [0]],
    ['AND', [1]],
    ['NOT near', [1]],
    ['col:x', [1]],
    ['^first star*', [1]],
    ['a OR b', [1]],
    ['🍕', [2]],
    ['❤', [2]],
    ['👧', [2]],
    ['نور', []],
    ['النو', [3]],
    ['שלו', [4]],
    ['abc', [4]],
    ['byte', [5]],
    ['null\u0000byte', [5]],
    ['surrogate', [6]],
    ['\ud800 surrogate', [6]],
    ['東', [7]],
    ['カタ', [7]],
    ['C++', [8]],
    ['~', [8]],
    ['|', [8]],
    ['`', [8]],
    ['$5', [8]],
    ['company 3', [3]],
  ])('finds %j', (q, found) => {
    expect(filled().find(q)).toEqual(found);
  });

  it('answers any text with rows that have its words, or says what is wrong with it', () => {
    const { find } = filled();
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom(...Array.from('"\'*^:-(){}+%_ aN0\u0000\ud83c\udf55|~`$<=')),
        maxLength: 40,
      }),
    );
    fc.assert(
      fc.property(text, (q) => {
        let found: number[];
        try {
          found = find(q);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        const asked = searchedWords(q) ?? [];
        const matching = TEXTS.flatMap((words, index) => {
          const own = wordsOf(`N${index} Company ${index} ${words}`);
          return asked.every((word) => own.some((one) => one.startsWith(word))) ? [index] : [];
        });
        expect(found).toEqual(matching);
      }),
      { numRuns: 500 },
    );
  });

  it('gives companies whose words begin so, without those of punctuation', () => {
    const { reader } = filled();
    expect(reader.invoiceCompanies('dev', 1, 'comp 3', 20)).toEqual(['Company 3']);
    expect(reader.invoiceCompanies('dev', 1, ' ', 2)).toEqual(['Company 0', 'Company 1']);
    expect(reader.invoiceCompanies('dev', 1, '%', 20)).toEqual([]);
  });
});
