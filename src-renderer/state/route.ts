import { normalizeSymbol } from '../../src-contract/instrument.ts';

/** The screens, each with what its address carries. `missing`: no screen has that address. */
export type Route =
  | { screen: 'overview' }
  | { screen: 'portfolios' }
  | { screen: 'portfolio'; slug: string }
  | { screen: 'tickers' }
  | { screen: 'ticker'; symbol: string }
  | { screen: 'invoices' }
  | { screen: 'activity' }
  | { screen: 'analytics' }
  | { screen: 'rejects'; id: number | null }
  | { screen: 'system' }
  | { screen: 'settings' }
  | { screen: 'missing'; path: string };

const PORTFOLIO = /^\/portfolios\/([a-z0-9][a-z0-9_-]{0,63})$/;
const TICKER = /^\/tickers\/([^/]+)$/;
const REJECT = /^\/analytics\/rejects\/([1-9][0-9]{0,14})$/;

/** Screens whose address carries nothing. */
const SCREENS: ReadonlyMap<string, Route> = new Map([
  ['', { screen: 'overview' }],
  ['/', { screen: 'overview' }],
  ['/overview', { screen: 'overview' }],
  ['/portfolios', { screen: 'portfolios' }],
  ['/tickers', { screen: 'tickers' }],
  ['/invoices', { screen: 'invoices' }],
  ['/activity', { screen: 'activity' }],
  ['/analytics', { screen: 'analytics' }],
  ['/analytics/rejects', { screen: 'rejects', id: null }],
  ['/system', { screen: 'system' }],
  ['/settings', { screen: 'settings' }],
] satisfies [string, Route][]);

/** The screen of a path; a trailing slash changes nothing. */
export function routeOf(path: string): Route {
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') : path;
  const slug = PORTFOLIO.exec(trimmed)?.[1];
  if (slug !== undefined) return { screen: 'portfolio', slug };
  const symbol = symbolOf(TICKER.exec(trimmed)?.[1]);
  if (symbol !== null) return { screen: 'ticker', symbol };
  const reject = REJECT.exec(trimmed)?.[1];
  if (reject !== undefined) return { screen: 'rejects', id: Number(reject) };
  return SCREENS.get(trimmed) ?? { screen: 'missing', path: trimmed };
}

function symbolOf(encoded: string | undefined): string | null {
  if (encoded === undefined) return null;
  try {
    return normalizeSymbol(decodeURIComponent(encoded));
  } catch {
    // A broken percent sign: no symbol is written like that.
    return null;
  }
}

/** The address of a portfolio's page. */
export function portfolioPath(slug: string): string {
  return `/portfolios/${slug}`;
}

/** The address of a symbol's page. */
export function tickerPath(symbol: string): string {
  return `/tickers/${encodeURIComponent(symbol)}`;
}

/** The address of the rejects bench, with a reject open if one is named. */
export function rejectsPath(id: number | null): string {
  return id === null ? '/analytics/rejects' : `/analytics/rejects/${id}`;
}

/** Names of the screens whose address carries nothing. */
const TITLES = {
  overview: 'Overview',
  portfolios: 'Portfolios',
  tickers: 'Tickers',
  invoices: 'Invoices',
  activity: 'Activity',
  analytics: 'Analytics',
  system: 'System',
  settings: 'Settings',
  missing: 'Not found',
} as const;

/** What the window is called on a route. */
export function titleOf(route: Route): string {
  return `${nameOf(route)} · PulseDesk`;
}

function nameOf(route: Route): string {
  switch (route.screen) {
    case 'portfolio':
      return route.slug;
    case 'ticker':
      return route.symbol;
    case 'rejects':
      return route.id === null ? 'Rejects' : `Reject ${route.id}`;
    default:
      return TITLES[route.screen];
  }
}
