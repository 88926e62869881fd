import { DEFAULT_WATCHLIST } from '../../../src-contract/ticker.ts';
import type { WatchlistRecord } from '../../../src-contract/ticker-checkpoint.ts';

/** What an environment has before anybody watched anything. */
const FIRST: readonly WatchlistRecord[] = [{ id: DEFAULT_WATCHLIST, name: 'Watchlist', symbols: [] }];

type Edit = (lists: readonly WatchlistRecord[]) => readonly WatchlistRecord[];

/** What the watchlists of an environment work with. */
export interface EnvironmentWatchlistsOptions {
  /** As stored; none for a fresh environment. */
  lists: readonly WatchlistRecord[];
  save: (lists: readonly WatchlistRecord[]) => Promise<void>;
  /** They were changed and stored; `symbols` were watched before or are now, but not both. */
  onChange: (symbols: readonly string[]) => void;
}

/** The watchlists of one environment: in memory as they are stored, changed one after the other. */
export class EnvironmentWatchlists {
  readonly #options: EnvironmentWatchlistsOptions;
  #lists: readonly WatchlistRecord[];
  #watched: ReadonlySet<string>;
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: EnvironmentWatchlistsOptions) {
    this.#options = options;
    this.#lists = options.lists.length === 0 ? FIRST : options.lists;
    this.#watched = symbolsOf(this.#lists);
  }

  /** The lists in their order. */
  get lists(): readonly WatchlistRecord[] {
    return this.#lists;
  }

  /** Every symbol that a list names. */
  get watched(): ReadonlySet<string> {
    return this.#watched;
  }

  /**
   * Makes a change: `edit` gets the lists as they are then and answers those to store, which are answered. What it throws,
   * and what the store refuses, rejects and changes nothing.
   */
  change(edit: Edit): Promise<readonly WatchlistRecord[]> {
    const changed = this.#work.then(() => this.#change(edit));
    this.#work = changed.catch(() => undefined);
    return changed;
  }

  async #change(edit: Edit): Promise<readonly WatchlistRecord[]> {
    const lists = edit(this.#lists);
    await this.#options.save(lists);
    const before = this.#watched;
    this.#lists = lists;
    this.#watched = symbolsOf(lists);
    this.#options.onChange(differenceOf(before, this.#watched));
    return lists;
  }
}

function symbolsOf(lists: readonly WatchlistRecord[]): ReadonlySet<string> {
  return new Set(lists.flatMap(({ symbols }) => symbols));
}

/** What only one of two sets holds. */
function differenceOf(one: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
  return [
    ...[...one].filter((symbol) => !other.has(symbol)),
    ...[...other].filter((symbol) => !one.has(symbol)),
  ];
}
