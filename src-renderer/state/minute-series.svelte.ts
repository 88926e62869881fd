import { untrack } from 'svelte';
import { toMinor, type Money } from '../../src-contract/money.ts';

const MINUTE_MS = 60_000;
/** A series keeps as many minutes; the oldest leave first. */
export const MAX_MINUTES = 2000;

/** An amount in minor units at the start of a minute, UTC milliseconds. */
export interface MinutePoint {
  readonly at: number;
  readonly value: number;
}

/** A minute as the channels tell it. */
interface HistoryItem {
  at: string;
  value: Money;
  cost: Money;
}

interface Amounts {
  at: number;
  value: Money;
  cost: Money;
}

/** Value and cost per minute: the history that was asked for, continued by what is live now. */
export class MinuteSeries {
  #value = $state.raw<readonly MinutePoint[]>([]);
  #cost = $state.raw<readonly MinutePoint[]>([]);
  #state = $state<'loading' | 'ready' | 'failed'>('loading');
  #failure = $state('');
  #scope = '';
  #live: Amounts | null = null;

  get value(): readonly MinutePoint[] {
    return this.#value;
  }

  get cost(): readonly MinutePoint[] {
    return this.#cost;
  }

  /** `ready` also while a history that is already shown loads anew. */
  get state(): 'loading' | 'ready' | 'failed' {
    return this.#state;
  }

  /** Why the history did not come. */
  get failure(): string {
    return this.#failure;
  }

  /**
   * Loads the history.
   * @param scope what it belongs to; another one forgets what is shown.
   */
  async load(scope: string, fetch: () => Promise<{ items: readonly HistoryItem[] }>): Promise<void> {
    if (scope !== this.#scope) this.#forget(scope);
    try {
      const { items } = await fetch();
      if (scope !== this.#scope) return;
      const recent = items.slice(-MAX_MINUTES);
      this.#value = recent.map(({ at, value }) => ({ at: Date.parse(at), value: toMinor(value) }));
      this.#cost = recent.map(({ at, cost }) => ({ at: Date.parse(at), value: toMinor(cost) }));
      this.#state = 'ready';
      if (this.#live !== null) this.observe(this.#live);
    } catch (error) {
      if (scope !== this.#scope) return;
      this.#failure = error instanceof Error ? error.message : String(error);
      if (this.#value.length === 0) this.#state = 'failed';
    }
  }

  /** Takes the amounts of now: they are those of their minute until the next observation. */
  observe(amounts: Amounts): void {
    this.#live = amounts;
    const at = Math.floor(amounts.at / MINUTE_MS) * MINUTE_MS;
    untrack(() => {
      if (this.#state !== 'ready') return;
      this.#value = withLatest(this.#value, { at, value: toMinor(amounts.value) });
      this.#cost = withLatest(this.#cost, { at, value: toMinor(amounts.cost) });
    });
  }

  #forget(scope: string): void {
    this.#scope = scope;
    this.#live = null;
    this.#value = [];
    this.#cost = [];
    this.#state = 'loading';
  }
}

/** The series with `point` as its last; earlier points stay the same objects, so that a chart redraws only the end. */
function withLatest(points: readonly MinutePoint[], point: MinutePoint): readonly MinutePoint[] {
  const last = points.at(-1);
  if (last === undefined || last.at < point.at) return [...points, point].slice(-MAX_MINUTES);
  if (last.value === point.value) return points;
  return [...points.slice(0, -1), { at: last.at, value: point.value }];
}
