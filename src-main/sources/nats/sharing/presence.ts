import { normalizeSymbol } from '../../../../src-contract/instrument.ts';
import { MAX_WATCHED } from '../../../../src-contract/ticker.ts';

/** Symbols of all other instances that are polled for them, at most; the first in the alphabet count. */
export const MAX_OTHERS_WATCHED = MAX_WATCHED;

/** What an instance tells the others of itself. */
export interface Presence {
  /** Whether it is ready to poll. */
  readonly ready: boolean;
  readonly symbols: readonly string[];
}

/** A presence as it is stored: sorted, at most {@link MAX_WATCHED} symbols. */
export function presenceText(ready: boolean, symbols: Iterable<string>): string {
  return JSON.stringify({ ready, symbols: [...new Set(symbols)].sort().slice(0, MAX_WATCHED) });
}

/** Reads what another instance wrote; what does not follow the form counts as nothing watched. */
export function parsePresence(text: string): Presence {
  const value = parse(text);
  if (typeof value !== 'object' || value === null) return { ready: false, symbols: [] };
  const symbols = 'symbols' in value && Array.isArray(value.symbols) ? value.symbols : [];
  return {
    ready: 'ready' in value && value.ready === true,
    symbols: symbols.slice(0, MAX_WATCHED).flatMap((symbol: unknown) => {
      const normal = typeof symbol === 'string' ? normalizeSymbol(symbol) : null;
      return normal === null ? [] : [normal];
    }),
  };
}

/** What these instances watch together, sorted; at most {@link MAX_OTHERS_WATCHED}. */
export function watchedByAll(others: Iterable<Presence>): string[] {
  const union = new Set<string>();
  for (const { symbols } of others) for (const symbol of symbols) union.add(symbol);
  return [...union].sort().slice(0, MAX_OTHERS_WATCHED);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
