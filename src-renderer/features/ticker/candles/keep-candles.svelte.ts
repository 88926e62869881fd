import { untrack } from 'svelte';
import type { Candle } from '../../../../src-contract/ticker.ts';
import { barOf } from './bar.ts';
import type { CandleWindow } from './candle-window.svelte.ts';

/** The feed that continues a window. */
interface LiveCandles {
  readonly status: { readonly status: string };
  readonly head: { readonly revised: string | null } | null;
  readonly rows: ReadonlyMap<string, Candle>;
}

/**
 * Keeps the window of the component that calls it: loads it whenever the link has healed, as more was stored meanwhile,
 * continues it with what `feed` says, and loads again what a late price has changed.
 * @param interval length of a candle in milliseconds.
 */
export function keepCandles(window: CandleWindow, interval: number, feed: () => LiveCandles): void {
  const live = $derived(feed().status.status === 'live');
  const revised = $derived(feed().head?.revised ?? null);
  $effect(() => {
    if (live) untrack(() => void window.load());
  });
  $effect(() => {
    const bars = [...feed().rows.values()].map(barOf).sort((a, b) => a.at - b.at);
    if (live) untrack(() => window.live(bars));
  });
  $effect(() => {
    if (revised === null) return;
    const late = Date.parse(revised);
    untrack(() => void window.revise(late - (late % interval)));
  });
}
