import type { CallArgs } from '../../../src-contract/channels.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { CandlePage } from '../../../src-contract/ticker.ts';
import type { QuoteBook } from '../../projections/quotes/quote-book.ts';
import {
  MAX_SUGGESTIONS,
  quoteView,
  suggestions,
  tickerView,
  type QuoteContext,
} from '../../projections/tickers/quote-views.ts';
import { typedSymbol } from '../../projections/watchlists/typed-symbol.ts';
import type { Handlers } from '../../router/handlers.ts';
import type { Remote, ReaderPort } from '../../store/port.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { listPage } from '../list-page.ts';
import { candlePage } from './candle-page.ts';
import { SymbolIndex } from './symbol-index.ts';

const DEFAULT_LIMIT = 100;

/** What the queries about prices read from. */
export interface TickerHandlerOptions {
  read: (env: string | undefined) => Promise<EnvironmentRuntime>;
  reader: Pick<Remote<ReaderPort>, 'candles'>;
  context: (runtime: EnvironmentRuntime) => QuoteContext;
  /** Symbols that the stock API is known to serve. */
  served: () => Iterable<string>;
}

type TickerCalls = 'tickers.list' | 'ticker.get' | 'ticker.candles' | 'symbols.suggest';

/** Handlers of the queries about prices. */
export function tickerHandlers(options: TickerHandlerOptions): Pick<Handlers, TickerCalls> {
  const { read, reader, context, served } = options;
  const indexes = new WeakMap<QuoteBook, SymbolIndex>();
  return {
    'tickers.list': async (args) => {
      const runtime = await read(args.env);
      return quotePage(runtime, args, context(runtime));
    },
    'ticker.get': async ({ env, symbol: text }) => {
      const symbol = typedSymbol(text);
      const runtime = await read(env);
      const ticker = tickerView(symbol, context(runtime));
      if (ticker !== null) return ticker;
      throw new ContractError('not_found', `no price of ${symbol} is known in ${runtime.env}`);
    },
    'ticker.candles': async (args): Promise<CandlePage> => {
      const symbol = typedSymbol(args.symbol);
      const runtime = await read(args.env);
      return candlePage(runtime, reader, { ...args, symbol }, context(runtime));
    },
    'symbols.suggest': async ({ env, q }) => {
      const runtime = await read(env);
      const { quotes } = runtime.projection;
      const index = indexes.get(quotes) ?? new SymbolIndex();
      indexes.set(quotes, index);
      index.follow(quotes.symbols(), quotes.size);
      const found = index.find(q.trim().toUpperCase(), MAX_SUGGESTIONS);
      const known = new Set([...found, ...runtime.watchlists.watched, ...served()]);
      return { items: suggestions(q, known, context(runtime)) };
    },
  };
}

function quotePage(runtime: EnvironmentRuntime, args: CallArgs<'tickers.list'>, context: QuoteContext) {
  const wanted = args.q?.trim().toUpperCase() ?? '';
  const symbols = [...knownSymbols(runtime)].filter((symbol) => symbol.includes(wanted)).sort();
  const page = listPage(symbols, (symbol) => symbol, args.limit ?? DEFAULT_LIMIT, args.cursor);
  return { ...page, items: page.items.map((symbol) => quoteView(symbol, context)) };
}

/** Symbols with a price or a watcher. */
function knownSymbols({ projection, watchlists }: EnvironmentRuntime): ReadonlySet<string> {
  return new Set([...projection.quotes.symbols(), ...watchlists.watched]);
}
