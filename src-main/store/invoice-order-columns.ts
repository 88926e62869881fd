import type { InvoiceSortColumn } from '../../src-contract/invoice.ts';
import type { Mirrored } from './invoice-mirrors.ts';
import type { Statements } from './statements.ts';

/** Numbers by the mirror's rows that compare as a column does, at least for the rows before one. */
export function orderColumn(
  sql: Statements,
  mirrored: Mirrored,
  column: InvoiceSortColumn,
  end: number,
): ArrayLike<number> {
  const { mirror } = mirrored;
  switch (column) {
    case 'time':
      return mirror.issuedAt;
    case 'gross':
      return mirror.grossSorts;
    case 'net':
      return mirror.nets;
    case 'vat':
      return mirror.vats;
    case 'due':
      return mirror.dueAt;
    case 'state':
      return mirror.states;
    case 'currency':
      return byText(mirror.currencies, mirror.currencyCodes.texts, end);
    case 'source':
      return byText(mirror.sources, mirror.sourceNames.texts, end);
    case 'number':
    case 'company':
      return ranks(sql, mirrored, column, end);
  }
}

/** The places of a column's texts in the order of the alphabet. */
function byText(column: Uint16Array, texts: readonly string[], end: number): Uint16Array {
  const sorted = [...texts].sort();
  const places = texts.map((text) => sorted.indexOf(text));
  return column.slice(0, end).map((number) => places[number] ?? 0);
}

/** Places in the order of an index; companies that differ only in case have the same. */
function ranks(
  sql: Statements,
  { mirror, ranks: orders }: Mirrored,
  column: 'number' | 'company',
  end: number,
): Uint32Array {
  const order = orders.of(sql, column, end);
  const places = new Uint32Array(mirror.count);
  const folded = mirror.companyNames.texts.map((name) =>
    name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  );
  let rank = 0;
  let last = '';
  for (let place = 0; place < order.length; place += 1) {
    const row = order[place] ?? 0;
    const name = folded[mirror.companies[row] ?? 0] ?? '';
    if (column === 'number' || name !== last) rank += 1;
    last = name;
    places[row] = rank;
  }
  return places;
}
