import type { Breaker, Polling } from '../../../src-contract/polling.ts';
import type { Source } from '../../../src-contract/system.ts';
import type { Quote } from '../../../src-contract/ticker.ts';
import { BREAKER_LOOKS, breakerReason, breakerSince } from '../../state/breaker-look.ts';
import { formatCounted } from '../../ui/number-format.ts';
import { formatSince, secondsUntil } from '../../ui/time-format.ts';
import type { Tone } from '../../ui/tone.ts';

/** How prices come in, in a line. */
export interface PriceStatus {
  tone: Tone;
  /** Does not change while time passes, so that it is read out once. */
  words: string;
  /** What happens next, with its countdown. */
  next: string;
}

/** The time a sentence is written at, and the zone it is written in. */
interface Moment {
  now: number;
  zone: string | undefined;
}

/** What a list's prices depend on; null: not known yet. */
export interface PriceSituation {
  polling: Polling | null;
  breaker: Breaker | null;
  /** The source that polls. */
  source: Source | null;
  /** The quotes that are shown. */
  quotes: Iterable<Quote>;
}

/** What to say of the prices of a list; null while nothing is known. */
export function priceStatus(
  { polling, breaker, source, quotes }: PriceSituation,
  time: Moment,
): PriceStatus | null {
  if (polling === null || breaker === null) return null;
  // A poller that has ended asks no more, whatever the breaker says.
  if (source?.state === 'failed') return without(source, time);
  if (polling.api.kind === 'none') return withoutApi(quotes);
  if (breaker.state !== 'closed') return notClosed(breaker, time);
  if (source !== null && isWithout(source)) return without(source, time);
  if (polling.sharing.role === 'follower') {
    return { tone: 'ok', words: 'Another instance polls the stock API and shares the prices.', next: '' };
  }
  if (polling.symbols === 0)
    return { tone: 'off', words: 'Nothing is watched, so nothing is polled.', next: '' };
  const seconds = (polling.interval_ms / 1000).toLocaleString('en-US', { maximumFractionDigits: 1 });
  const unknown = unknownWords(polling.unknown_symbols);
  return {
    tone: unknown === '' ? 'ok' : 'warn',
    words: `Stock API polled every ${seconds} s (${polling.interval_reason}) for ${formatCounted(polling.symbols, 'symbol')}.${unknown}`,
    next: '',
  };
}

/** Symbols that a sentence names; further ones are counted. */
const NAMED = 5;

function unknownWords(symbols: readonly string[]): string {
  if (symbols.length === 0) return '';
  const more = symbols.length > NAMED ? ` and ${symbols.length - NAMED} more` : '';
  return ` It does not know ${symbols.slice(0, NAMED).join(', ')}${more}.`;
}

function isWithout({ state }: Source): boolean {
  return state === 'unreachable' || state === 'degraded' || state === 'connecting';
}

const TONES: Partial<Record<Source['state'], Tone>> = { connecting: 'busy', degraded: 'warn' };

/** While the source gives no prices. */
function without(
  { title, state, since, retry_at: retryAt, detail }: Source,
  { now, zone }: Moment,
): PriceStatus {
  const began = since === null ? '' : ` since ${formatSince(since, now, zone)}`;
  return {
    tone: TONES[state] ?? 'fail',
    words: `${title} ${state}${began}: ${detail}.`,
    next: retryAt === null ? '' : `Next call in ${secondsUntil(retryAt, now)} s.`,
  };
}

function withoutApi(quotes: Iterable<Quote>): PriceStatus {
  const missing = [...quotes].filter(({ price }) => price === null).length;
  if (missing === 0)
    return { tone: 'off', words: 'Nothing is polled: no stock API is set in Settings.', next: '' };
  return {
    tone: 'warn',
    words: `No price has come for ${formatCounted(missing, 'symbol')}: no stock API is set in Settings, so prices come over NATS only.`,
    next: '',
  };
}

function notClosed(breaker: Breaker, { now, zone }: Moment): PriceStatus {
  const { tone, word, meaning } = BREAKER_LOOKS[breaker.state];
  const reason = breakerReason(breaker);
  const probe = breaker.next_probe_at;
  return {
    tone,
    words: `Stock API: breaker ${word} since ${formatSince(breakerSince(breaker), now, zone)}. ${meaning}${reason === '' ? '' : `: ${reason}`}.`,
    next: breaker.state === 'open' && probe !== null ? `Next probe in ${secondsUntil(probe, now)} s.` : '',
  };
}
