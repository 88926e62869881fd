import type { LinkState } from '../../../src-contract/client.ts';
import { formatDuration } from '../../ui/time-format.ts';

/** Spans shorter than this are told with a tenth of a second, in milliseconds. */
const BRIEF_MS = 10_000;

/** Watches the link to say afterwards that it broke: an engine that is back at once would go unnoticed. */
export class LinkWatch {
  #wasLive = false;
  #broken: { since: number; reason: string } | null = null;

  /** Takes the present link; returns what to say when it has just come back, else null. The first connection is none. */
  see(link: LinkState, now: number): string | null {
    if (link.state !== 'live') {
      if (this.#wasLive) this.#broken ??= { since: link.since, reason: link.reason };
      return null;
    }
    this.#wasLive = true;
    const broken = this.#broken;
    this.#broken = null;
    if (broken === null) return null;
    const away = Math.max(0, now - broken.since);
    const span = away < BRIEF_MS ? `${(away / 1000).toFixed(1)} s` : formatDuration(away);
    return `Live again after ${span}: ${broken.reason}`;
  }
}
