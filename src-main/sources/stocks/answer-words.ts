/** What a poll's answers held; rows of symbols that were not asked for count among `rows` only. */
export interface PollAnswer {
  /** Symbols that were asked for and whose call was answered. */
  readonly asked: number;
  readonly rows: number;
  /** Rows with a quote that was asked for. */
  readonly accepted: number;
  readonly rejected: number;
  /** Why the last bad row was rejected. */
  readonly lastReject: string | null;
  /** The symbols that were asked for and that no row, not even a bad one, names. */
  readonly missing: readonly string[];
}

/** Symbols that a sentence names; further ones are counted. */
const NAMED = 3;

/** Why answers gave no price, in words; null: they gave some, or nothing was answered. */
export function withoutPrices({
  asked,
  rows,
  accepted,
  rejected,
  lastReject,
  missing,
}: PollAnswer): string | null {
  if (asked === 0 || accepted > 0) return null;
  if (rejected > 0 && rejected === rows) {
    const which = rows === 1 ? 'the only row was' : `all ${rows} rows were`;
    return `${which} rejected: ${lastReject ?? 'no reason is known'}`;
  }
  const [only] = missing;
  if (asked === 1 && only !== undefined) return `answered without the watched symbol ${only}`;
  return `answered without any of the ${asked} watched symbols`;
}

/** Which symbols a stock API that gives other prices does not know, in words; null: it knows all. */
export function notKnown(missing: readonly string[]): string | null {
  if (missing.length === 0) return null;
  const named = missing.slice(0, NAMED);
  const more = missing.length - named.length;
  const last = more > 0 ? `${more} more` : named.length > 1 ? named.pop() : undefined;
  return `the stock API does not know ${named.join(', ')}${last === undefined ? '' : ` and ${last}`}`;
}
