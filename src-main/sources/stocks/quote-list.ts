import { readQuoteRow, type BadRow, type GoodRow, type RawQuote } from './quote-row.ts';
import { StockApiError } from './stock-api-error.ts';

/** More rows in one answer are a failure of the call. */
export const MAX_ROWS = 20_000;

type Row = Readonly<Record<string, unknown>>;

/**
 * Reads an answer of a stock API, of one of two shapes, row by row; fields that are not named here are left alone:
 *
 * - `[{symbol, price, timestamp, change_percent?}]`
 * - `{"quotes": [{symbol, exchange?, currency?, last or price, time, change_percent?}]}`, whose instruments are
 *   `SYMBOL@EXCHANGE`.
 *
 * Times are ISO 8601 or UTC milliseconds. Throws a StockApiError for an answer of another shape.
 * @param now UTC milliseconds.
 */
export function readQuotes(answer: unknown, now: number): (GoodRow | BadRow)[] {
  if (Array.isArray(answer)) return rowsOf(answer, listed, now);
  const { quotes } = (answer ?? {}) as { quotes?: unknown };
  if (Array.isArray(quotes)) return rowsOf(quotes, exchanged, now);
  throw new StockApiError('the answer is neither a list of prices nor {"quotes":[…]}');
}

function rowsOf(rows: readonly unknown[], adapter: (row: Row) => RawQuote, now: number) {
  if (rows.length > MAX_ROWS) {
    throw new StockApiError(`the answer has ${rows.length} rows; at most ${MAX_ROWS} are accepted`);
  }
  return rows.map((row) => {
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) {
      return readQuoteRow(adapter(row as Row), row, now);
    }
    return { ok: false as const, reason: 'a row is not an object', body: row };
  });
}

function listed({ symbol, price, timestamp, change_percent: changePercent }: Row): RawQuote {
  return { symbol, price, time: timestamp, changePercent, currency: null, timeField: 'timestamp' };
}

function exchanged(row: Row): RawQuote {
  const { symbol, exchange, currency, last, price, time, change_percent: changePercent } = row;
  return {
    symbol: exchange == null || exchange === '' ? symbol : `${textOf(symbol)}@${textOf(exchange)}`,
    price: last ?? price,
    time,
    changePercent,
    currency,
    timeField: 'time',
  };
}

/** Blanks around it are taken off; what is no text becomes one that no symbol can be. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return value === undefined ? '(missing)' : `(${JSON.stringify(value)})`;
}
