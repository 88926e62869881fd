import type { HoldingRecord, TimelineRecord } from '../../../src-contract/checkpoint.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import type { PortfolioChange } from '../../../src-contract/portfolio.ts';

/** Most symbols named in one timeline entry; further ones are left out. */
const MAX_NAMED = 50;

/** The timeline entry of an event: what it was, and which symbols came and went. */
export function timelineEntry(
  event: JournalEvent,
  slug: string,
  change: PortfolioChange,
  before: readonly HoldingRecord[],
  after: readonly HoldingRecord[],
): TimelineRecord {
  return {
    id: event.id,
    slug,
    at: event.occurredAt,
    change,
    holdingCount: after.length,
    added: symbolsOnlyIn(after, before),
    removed: symbolsOnlyIn(before, after),
  };
}

function symbolsOnlyIn(these: readonly HoldingRecord[], those: readonly HoldingRecord[]): string[] {
  const known = new Set(those.map(({ symbol }) => symbol));
  return these
    .map(({ symbol }) => symbol)
    .filter((symbol) => !known.has(symbol))
    .slice(0, MAX_NAMED);
}
