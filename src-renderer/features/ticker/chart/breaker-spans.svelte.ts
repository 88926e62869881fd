import { untrack } from 'svelte';
import type { ContractClient } from '../../../../src-contract/client.ts';
import type { TimeSpan } from './candle-chart.ts';

/** The feed of the breaker: what it is now, and since when. */
interface LiveBreaker {
  readonly head: { readonly state: string; readonly since: string } | null;
}

/**
 * The times in which the breaker was not closed, for the component that calls it: asked for again when an older one comes
 * into view and whenever the breaker changes. One that lasts ends now.
 * @param from start of what is in view, UTC milliseconds; null while nothing is.
 */
export function breakerSpans(
  client: ContractClient,
  breaker: () => LiveBreaker,
  from: () => number | null,
  time: { readonly now: number },
): { readonly spans: readonly TimeSpan[] } {
  let stored = $state.raw<readonly { from: number; to: number | null }[]>([]);
  const change = $derived(`${breaker().head?.state ?? ''} ${breaker().head?.since ?? ''}`);
  const start = $derived(from());
  let asked = 0;
  $effect(() => {
    if (start === null || change === ' ') return;
    const turn = ++asked;
    const period = {
      from: new Date(start).toISOString(),
      to: new Date(untrack(() => time.now)).toISOString(),
    };
    client.call('breaker.spans', period).then(
      ({ items }) => {
        if (turn !== asked) return;
        stored = items.map((span) => ({
          from: Date.parse(span.from),
          to: span.to === null ? null : Date.parse(span.to),
        }));
      },
      // Without an answer nothing is shaded; the panel of the breaker says what is wrong with the link.
      () => undefined,
    );
  });
  const lasting = $derived(stored.some(({ to }) => to === null));
  const spans = $derived(
    stored.map((span): TimeSpan => ({ from: span.from, to: span.to ?? (lasting ? time.now : span.from) })),
  );
  return {
    get spans() {
      return spans;
    },
  };
}
