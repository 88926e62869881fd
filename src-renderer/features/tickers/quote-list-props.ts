import type { Quote, TickerSpark } from '../../../src-contract/ticker.ts';

/** What rows and cards are given: the quotes of a list in its order, and what can be done with them. */
export interface QuoteListProps {
  rows: ReadonlyMap<string, Quote>;
  sparks: ReadonlyMap<string, TickerSpark>;
  /** Changes with whatever the user asked for: environment, list, order. */
  scope: string;
  /** The symbol that is being dragged. */
  dragged: string | null;
  grab: (symbol: string, event: PointerEvent) => void;
  step: (symbol: string, by: -1 | 1) => void;
  unsubscribe: (symbol: string) => void;
  /** Reads words out. */
  announce: (words: string) => void;
}
