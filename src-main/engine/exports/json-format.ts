import { invoiceOf } from '../../projections/invoices/invoice-views.ts';
import type { ExportFormatter } from './export-format.ts';

/** `{"invoices":[…],"totals":[…]}` in UTF-8, an invoice to a line; both as HTTP answers have them. */
export function jsonFormat(): ExportFormatter {
  let separator = '\n';
  const lines = (items: readonly object[]): string => {
    let text = '';
    for (const item of items) {
      text += separator + JSON.stringify(item);
      separator = ',\n';
    }
    return text;
  };
  return {
    begin: () => Buffer.from('{"invoices":['),
    rows: (rows) => Buffer.from(lines(rows.map(invoiceOf))),
    end: (totals) => {
      separator = '\n';
      return Buffer.from(`\n],"totals":[${lines(totals)}\n]}\n`);
    },
  };
}
