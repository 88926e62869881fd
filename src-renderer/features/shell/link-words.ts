import type { LinkState } from '../../../src-contract/client.ts';
import { formatSince, secondsUntil } from '../../ui/time-format.ts';

/** What the banner says while the engine cannot be reached. */
export interface LinkWords {
  /** Since when and why; does not change while time passes. */
  what: string;
  /** What happens next, with its countdown. */
  next: string;
  failed: boolean;
}

/** A first connection younger than this is only being made: no banner, in milliseconds. */
const PATIENCE_MS = 1000;

/** The banner of a link, or null while there is nothing to say. `first`: it has not been live yet. */
export function linkWords(
  link: LinkState,
  first: boolean,
  now: number,
  zone: string | undefined,
): LinkWords | null {
  if (link.state === 'live') return null;
  const since = formatSince(link.since, now, zone);
  if (link.state === 'failed') {
    return {
      what: `The engine has failed since ${since}: ${link.reason}.`,
      next: 'It does not restart by itself any more: close PulseDesk and start it again.',
      failed: true,
    };
  }
  if (first && now - link.since < PATIENCE_MS) return null;
  return {
    what: `Not connected since ${since}: ${link.reason}.`,
    next: link.retryAt === null ? 'Connecting…' : `Trying again in ${secondsUntil(link.retryAt, now)} s.`,
    failed: false,
  };
}
