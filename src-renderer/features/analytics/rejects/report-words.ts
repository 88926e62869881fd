import type { RedriveReport } from '../../../../src-contract/reject-bench.ts';
import { formatCount, formatCounted } from '../../../ui/number-format.ts';

/** What came of redriving, or would come of it: `97 stored, 1 known already, 2 refused`. */
export function reportWords({ stored, repeated, refused }: RedriveReport): string {
  const parts = [
    stored > 0 ? `${formatCount(stored)} stored` : '',
    repeated > 0 ? `${formatCount(repeated)} known already` : '',
    refused > 0 ? `${formatCount(refused)} refused` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** What came of redriving one reject, or would come of it, in a sentence. */
export function outcomeWords(report: RedriveReport): string {
  const [first] = report.outcomes;
  if (first === undefined) return 'It is not there any more.';
  const will = report.dry_run;
  if (first.outcome === 'stored') return will ? 'It passes: it would be stored.' : 'It was stored.';
  if (first.outcome === 'repeated')
    return `It is known already: nothing ${will ? 'would be' : 'was'} stored a second time.`;
  return `It ${will ? 'would be' : 'was'} refused again: ${first.reason ?? 'no reason was given'}`;
}

/** How many of a preview's rejects would not be refused, and which. */
export function passing(report: RedriveReport): number[] {
  return report.outcomes.filter(({ outcome }) => outcome !== 'refused').map(({ id }) => id);
}

/** The button that redrives them: `Redrive 97 rejects`. */
export function redriveLabel(count: number): string {
  return `Redrive ${formatCounted(count, 'reject')}`;
}
