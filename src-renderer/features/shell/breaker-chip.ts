import type { Breaker } from '../../../src-contract/polling.ts';
import { BREAKER_LOOKS, breakerReason, breakerSince } from '../../state/breaker-look.ts';
import { POLLED_SOURCE } from '../../state/price-source.ts';
import { formatSince, secondsUntil } from '../../ui/time-format.ts';
import type { SourceChipView } from './source-words.ts';

/**
 * The chip of the polled source with what its breaker says: while that is not closed, since when, until when and why; the
 * chip as it is where nothing is polled, or nothing is wrong with the calls.
 */
export function breakerChip(
  chip: SourceChipView,
  breaker: Breaker | null,
  now: number,
  zone: string | undefined,
): SourceChipView {
  if (chip.id !== POLLED_SOURCE || chip.tone === 'off' || breaker === null) return chip;
  if (breaker.state === 'closed') return chip;
  const { tone, word, meaning } = BREAKER_LOOKS[breaker.state];
  const reason = breakerReason(breaker);
  const probe = breaker.next_probe_at;
  return {
    ...chip,
    tone,
    words: `${chip.title}: breaker ${word} since ${formatSince(breakerSince(breaker), now, zone)}`,
    countdown: breaker.state === 'open' && probe !== null ? `, probe in ${secondsUntil(probe, now)} s` : '',
    detail: reason === '' ? meaning : `${meaning}: ${reason}`,
  };
}
