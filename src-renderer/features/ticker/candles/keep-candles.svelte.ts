import { untrack } from 'svelte';
import type { Candle, CandleRevision, ChartSeries } from '../../../../src-contract/ticker.ts';
import { barOf } from './bar.ts';
import type { CandleWindow } from './candle-window.svelte.ts';

/** The feed that continues a window. */
interface LiveCandles {
  readonly status: { readonly status: string };
  readonly head: {
    readonly revisions: readonly CandleRevision[];
    readonly series: ChartSeries | null;
  } | null;
  readonly rows: ReadonlyMap<string, Candle>;
}

/**
 * Keeps the window of the component that calls it: loads it whenever the link has healed, as more was stored meanwhile,
 * continues it with what `feed` says, also when that is of another source or currency from now on, and loads again what late prices have changed after that.
 */
export function keepCandles(window: CandleWindow, feed: () => LiveCandles): void {
  const live = $derived(feed().status.status === 'live');
  const revisions = $derived(feed().head?.revisions ?? []);
  let known = 0;
  $effect(() => {
    if (!live) return;
    untrack(() => {
      known = revisions.at(-1)?.revision ?? 0;
      void window.load();
    });
  });
  $effect(() => {
    const bars = [...feed().rows.values()].map(barOf).sort((a, b) => a.at - b.at);
    const series = feed().head?.series ?? null;
    if (live) untrack(() => window.live(bars, series));
  });
  $effect(() => {
    const missed = revisions.find(({ revision }) => revision > known);
    if (!live || missed === undefined) return;
    known = revisions.at(-1)?.revision ?? known;
    untrack(() => void window.revise(Date.parse(missed.since)));
  });
}
