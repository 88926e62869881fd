import { untrack } from 'svelte';

/** A minute of a value history as the channels tell it. */
interface RecordedMinute {
  at: string;
  value: { amount: string };
  cost: { amount: string };
}

interface Point {
  at: number;
  value: number;
}

interface Amounts {
  at: number;
  value: number;
  cost: number;
}

const MINUTE = 60_000;
/** A day and some hours; the oldest minutes go first. */
const MAX_POINTS = 2500;

/**
 * Value and cost per minute: what the store remembers, continued by what is live. Amounts are numbers here: they are drawn,
 * not added up.
 */
export class ValueHistory {
  #value = $state.raw<readonly Point[]>([]);
  #cost = $state.raw<readonly Point[]>([]);
  #state = $state<'loading' | 'ready' | 'failed'>('loading');
  #failure = $state('');
  #generation = 0;
  #latest: Amounts | null = null;
  readonly #fetch: () => Promise<{ items: readonly RecordedMinute[] }>;

  constructor(fetch: () => Promise<{ items: readonly RecordedMinute[] }>) {
    this.#fetch = fetch;
  }

  get value(): readonly Point[] {
    return this.#value;
  }

  get cost(): readonly Point[] {
    return this.#cost;
  }

  /** `ready` also while it loads again, and when only loading it again failed. */
  get state(): 'loading' | 'ready' | 'failed' {
    return this.#state;
  }

  /** Why it could not be loaded. */
  get failure(): string {
    return this.#failure;
  }

  /** Loads what is stored. An answer that a later call has overtaken is dropped. */
  async load(): Promise<void> {
    const generation = ++this.#generation;
    try {
      const { items } = await this.#fetch();
      if (generation !== this.#generation) return;
      this.#value = items.map(({ at, value }) => ({ at: Date.parse(at), value: Number(value.amount) }));
      this.#cost = items.map(({ at, cost }) => ({ at: Date.parse(at), value: Number(cost.amount) }));
      this.#state = 'ready';
      this.#continue();
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#failure = error instanceof Error ? error.message : String(error);
      if (this.#value.length === 0) this.#state = 'failed';
    }
  }

  /** Continues the history with what is true now; within a minute the last value counts. */
  live(now: number, value: { amount: string }, cost: { amount: string }): void {
    const at = Math.floor(now / MINUTE) * MINUTE;
    this.#latest = { at, value: Number(value.amount), cost: Number(cost.amount) };
    if (this.#state === 'ready') this.#continue();
  }

  #continue(): void {
    if (this.#latest === null) return;
    const { at, value, cost } = this.#latest;
    this.#value = continued(this.#value, { at, value });
    this.#cost = continued(this.#cost, { at, value: cost });
  }
}

function continued(points: readonly Point[], point: Point): readonly Point[] {
  const last = points.at(-1);
  if (last !== undefined && point.at < last.at) return points;
  if (last?.at !== point.at) return [...points, point].slice(-MAX_POINTS);
  return last.value === point.value ? points : [...points.slice(0, -1), point];
}

/** The feed that continues a history. */
interface LiveValue {
  readonly status: { readonly status: string };
  readonly head: { readonly total_value: { amount: string }; readonly cost_basis: { amount: string } } | null;
}

/**
 * Keeps a history of the component that calls it: loads it whenever the link has healed, as more was stored meanwhile, and
 * continues it with what `feed` says. Nothing is loaded while `known` is false.
 */
export function keepHistory(
  history: ValueHistory,
  feed: () => LiveValue,
  time: { readonly now: number },
  known: () => boolean = () => true,
): void {
  const live = $derived(feed().status.status === 'live');
  $effect(() => {
    if (live && known()) untrack(() => void history.load());
  });
  $effect(() => {
    const { now } = time;
    const { head } = feed();
    if (live && head !== null) untrack(() => history.live(now, head.total_value, head.cost_basis));
  });
}
