import type { InvoiceBody } from '../../../src-contract/event-bodies.ts';
import type { InvoiceFigures } from '../../../src-contract/invoice-figures.ts';
import type { InvoiceRow } from '../../../src-contract/invoice-store.ts';
import { toMoney } from '../../../src-contract/money.ts';
import { toTimestampOrNull } from '../../../src-contract/timestamp.ts';

/** An invoice of an import: what its row states, and what that comes to. */
interface Imported {
  body: InvoiceBody;
  figures: InvoiceFigures;
}

/** In what an import's invoice differs from the stored one of its number, in words; null when it is the same. */
export function differenceFromStored(
  { body, figures }: Imported,
  stored: InvoiceRow & { hidden: boolean },
): string | null {
  if (stored.hidden) return 'its number is taken by an invoice that waits or was reset';
  const { currency } = stored;
  const money = (minor: number, of: string): string => `${toMoney(minor, of).amount} ${of}`;
  const pairs: [string, string | null, string | null][] = [
    ['company', figures.company, stored.company],
    ['net', money(figures.net, figures.currency), money(stored.net, currency)],
    ['vat', money(figures.vat, figures.currency), money(stored.vat, currency)],
    ['vat_percent', percent(figures.vatBasisPoints), percent(stored.vatBasisPoints)],
    ['due_at', toTimestampOrNull(figures.dueAt), toTimestampOrNull(stored.dueAt)],
  ];
  // What a row does not state it does not contradict.
  if (body.state !== undefined) pairs.push(['state', figures.state, stored.state]);
  if (figures.issuedAt !== null) {
    pairs.push(['issued_at', toTimestampOrNull(figures.issuedAt), toTimestampOrNull(stored.issuedAt)]);
  }
  const [different] = pairs.filter(([, imported, kept]) => imported !== kept);
  if (different === undefined) return null;
  const [field, imported, kept] = different;
  return `${field} is ${imported ?? 'empty'}, and ${kept ?? 'empty'} in the stored invoice of that number`;
}

function percent(basisPoints: number): string {
  return (basisPoints / 100).toString();
}
