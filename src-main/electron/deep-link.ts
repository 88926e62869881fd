import { Compile } from 'typebox/compile';
import { Slug } from '../../src-contract/event-bodies.ts';

/** The scheme other programs open this app with: `pulsedesk://portfolio/growth-one`. */
export const DEEP_LINK_SCHEME = 'pulsedesk';

const LONGEST_LINK = 256;
const PREFIX = `${DEEP_LINK_SCHEME}://`;
const validSlug = Compile(Slug);

const SCREENS: ReadonlyMap<string, string> = new Map([
  ['', '/'],
  ['overview', '/'],
  ['portfolios', '/portfolios'],
  ['system', '/system'],
  ['settings', '/settings'],
]);

/**
 * The path of the page a deep link names, or null for anything that is not exactly a link to a screen or to a
 * portfolio. Links come from anywhere, so nothing of them is passed on but a slug of the right form.
 */
export function deepLinkPath(link: string): string | null {
  if (link.length > LONGEST_LINK || link.slice(0, PREFIX.length).toLowerCase() !== PREFIX) return null;
  const place = link.slice(PREFIX.length).replace(/\/$/, '');
  const screen = SCREENS.get(place);
  if (screen !== undefined) return screen;
  const [kind, slug, ...more] = place.split('/');
  if (kind !== 'portfolio' || slug === undefined || more.length > 0 || !validSlug.Check(slug)) return null;
  return `/portfolios/${slug}`;
}

/** The first argument that looks like a deep link, valid or not: an operating system appends it to the command line. */
export function deepLinkIn(argv: readonly string[]): string | undefined {
  return argv.find((argument) => argument.slice(0, PREFIX.length).toLowerCase() === PREFIX);
}
