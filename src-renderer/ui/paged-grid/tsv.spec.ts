import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { PagedColumn } from './paged-column.ts';
import { tsvOf } from './tsv.ts';

interface Lot {
  name: string;
  amount: string;
}
const cell = createRawSnippet<[Lot]>(() => ({ render: () => '<i></i>' }));
const columns: PagedColumn<Lot>[] = [
  { id: 'name', title: 'Name', width: 80, text: (lot) => lot.name, cell },
  { id: 'amount', title: 'Amount', width: 80, align: 'end', text: (lot) => lot.amount, cell },
];
const copyOf = (name: string, amount = '1.00'): string =>
  tsvOf(columns, [{ name, amount }]).split('\n').slice(1).join('\n');

describe('a copy of rows', () => {
  it('has a line of titles and one for each row, with tabs between the cells', () => {
    const rows = [
      { name: 'ant', amount: '1.00' },
      { name: 'bee', amount: '-2.50' },
    ];
    expect(tsvOf(columns, rows)).toBe('Name\tAmount\nant\t1.00\nbee\t-2.50');
  });

  it.each([
    ['a tab', 'a\tb', '"a\tb"'],
    ['a line break', 'a\nb', '"a\nb"'],
    ['a carriage return', 'a\rb', '"a\rb"'],
    ['quotes', 'the "a"', '"the ""a"""'],
  ])('quotes a cell with %s', (_what, name, quoted) => {
    expect(copyOf(name)).toBe(`${quoted}\t1.00`);
  });

  it.each(['=1+1', '+1', '-1', '@sum'])('takes from the words %s what a spreadsheet would run', (name) => {
    expect(copyOf(name)).toBe(`'${name}\t1.00`);
  });

  it('leaves a negative figure a figure', () => {
    expect(copyOf('ant', '-3.20')).toBe('ant\t-3.20');
  });
});
