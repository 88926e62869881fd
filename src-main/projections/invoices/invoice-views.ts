import type { Invoice, InvoiceDetail, InvoiceTotal, InvoiceTotals } from '../../../src-contract/invoice.ts';
import type { CurrencySums, InvoiceDetailRow, InvoiceRow } from '../../../src-contract/invoice-store.ts';
import { toMoney } from '../../../src-contract/money.ts';
import { roundedQuotient } from '../../../src-contract/rounded-product.ts';
import { toTimestamp, toTimestampOrNull } from '../../../src-contract/timestamp.ts';
import { convertedSums, type Conversion } from './converted-sums.ts';

/** A stored row as lists, the grid and exports show it. */
export function invoiceOf(row: InvoiceRow): Invoice {
  const { id, number, company, currency, state, source } = row;
  return {
    id,
    number,
    company,
    issued_at: toTimestamp(row.issuedAt),
    due_at: toTimestampOrNull(row.dueAt),
    state,
    source,
    vat_percent: percentText(row.vatBasisPoints),
    net: toMoney(row.net, currency),
    vat: toMoney(row.vat, currency),
    gross: toMoney(row.gross, currency),
  };
}

/** A stored row as the drawer shows it. */
export function invoiceDetailOf(row: InvoiceDetailRow): InvoiceDetail {
  const { country, lines } = row.extras;
  return {
    ...invoiceOf(row),
    received_at: toTimestamp(row.receivedAt),
    shown_at: toTimestamp(row.shownAt),
    run: row.run,
    country,
    lines: lines.map((line) => ({ ...line, net: toMoney(line.net, row.currency) })),
  };
}

/** Sums as they are shown: per currency in the order of the alphabet, and converted where there are rates. */
export function invoiceTotalsOf(sums: readonly CurrencySums[], conversion: Conversion): InvoiceTotals {
  const sorted = sums.filter(({ count }) => count > 0).sort((a, b) => (a.currency < b.currency ? -1 : 1));
  return {
    count: sorted.reduce((sum, { count }) => sum + count, 0),
    totals: sorted.map(totalOf),
    converted: convertedSums(sorted, conversion),
  };
}

/** Hundredths of a percent as the shortest exact text: 750 is `7.5`. */
function percentText(basisPoints: number): string {
  return (basisPoints / 100).toString();
}

function totalOf({ currency, count, net, vat, gross }: CurrencySums): InvoiceTotal {
  return {
    currency,
    count,
    net: toMoney(BigInt(net), currency),
    vat: toMoney(BigInt(vat), currency),
    gross: toMoney(BigInt(gross), currency),
    average: toMoney(roundedQuotient(BigInt(gross), BigInt(count)), currency),
  };
}
