import type { Source, StoreStatus } from '../../../src-contract/system.ts';
import { formatSince, secondsUntil } from '../../ui/time-format.ts';
import type { Tone } from '../../ui/tone.ts';

/** A source as its chip shows it. */
export interface SourceChipView {
  id: string;
  title: string;
  tone: Tone;
  /** What is wrong since when, or how it is; without the countdown, so that it is announced once. */
  words: string;
  /** `, retrying in 4 s`, or empty. */
  countdown: string;
  /** What the engine says of it. */
  detail: string;
}

const TONES: Record<Source['state'], Tone> = {
  live: 'ok',
  connecting: 'busy',
  degraded: 'warn',
  unreachable: 'fail',
  paused: 'off',
  off: 'off',
  failed: 'fail',
};

/** The chip of a source of events. */
export function sourceChip(source: Source, now: number, zone: string | undefined): SourceChipView {
  const { id, title, state, since, retry_at: retryAt, detail } = source;
  const sinceWords =
    since === null || state === 'live' || state === 'off' ? '' : ` since ${formatSince(since, now, zone)}`;
  return {
    id,
    title,
    tone: TONES[state],
    words: state === 'live' ? title : `${title} ${state}${sinceWords}`,
    countdown: retryAt === null || state === 'live' ? '' : `, retrying in ${secondsUntil(retryAt, now)} s`,
    detail,
  };
}

/** The chip of the database. */
export function storeChip(store: StoreStatus): SourceChipView {
  const failing = store.state === 'failing';
  return {
    id: 'database',
    title: 'Database',
    tone: failing ? 'fail' : 'ok',
    words: failing ? `Database failing: ${store.detail}` : 'Database',
    countdown: '',
    detail: store.detail,
  };
}
