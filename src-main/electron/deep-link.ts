import { Compile } from 'typebox/compile';
import { Slug } from '../../src-contract/event-bodies.ts';
import { normalizeSymbol } from '../../src-contract/instrument.ts';

/** The scheme other programs open this app with: `pulsedesk://portfolio/growth-one`, `pulsedesk://ticker/AAPL`. */
export const DEEP_LINK_SCHEME = 'pulsedesk';

const LONGEST_LINK = 256;
const PREFIX = `${DEEP_LINK_SCHEME}://`;
const validSlug = Compile(Slug);

const SCREENS: ReadonlyMap<string, string> = new Map([
  ['', '/'],
  ['overview', '/'],
  ['portfolios', '/portfolios'],
  ['tickers', '/tickers'],
  ['invoices', '/invoices'],
  ['system', '/system'],
  ['settings', '/settings'],
]);

/**
 * The path of the page a deep link names, or null for anything that is not exactly a link to a screen, a portfolio or a
 * symbol. Links come from anywhere, so nothing of them is passed on but a slug or symbol of the right form.
 */
export function deepLinkPath(link: string): string | null {
  if (link.length > LONGEST_LINK || link.slice(0, PREFIX.length).toLowerCase() !== PREFIX) return null;
  const place = link.slice(PREFIX.length).replace(/\/$/, '');
  const screen = SCREENS.get(place);
  if (screen !== undefined) return screen;
  const [kind, name, ...more] = place.split('/');
  if (name === undefined || more.length > 0) return null;
  if (kind === 'portfolio') return validSlug.Check(name) ? `/portfolios/${name}` : null;
  return kind === 'ticker' ? tickerPath(name) : null;
}

function tickerPath(name: string): string | null {
  const symbol = normalizeSymbol(name);
  // The grammar takes blanks around a symbol, which no link has; and a path ends at dots alone.
  if (symbol === null || symbol.length !== name.length || /^\.+$/.test(symbol)) return null;
  return `/tickers/${encodeURIComponent(symbol)}`;
}

/** The first argument that looks like a deep link, valid or not: an operating system appends it to the command line. */
export function deepLinkIn(argv: readonly string[]): string | undefined {
  return argv.find((argument) => argument.slice(0, PREFIX.length).toLowerCase() === PREFIX);
}
