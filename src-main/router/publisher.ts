import type { FeedName, FeedParams } from '../../src-contract/channels.ts';
import { feedKey } from '../../src-contract/feed-keys.ts';
import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';
import { FeedGroup } from './feed-group.ts';
import type { FeedSource, FeedSources } from './feed-source.ts';
import { Subscription } from './subscription.ts';

/** Shortest time between two frames to one client, in milliseconds: 20 frames a second. */
export const FRAME_MS = 50;

/** A client that can be given frames. */
export interface FrameReader {
  /**
   * Sends what is due, if the last frame was acknowledged. An early tick is for those only that have just opened a feed:
   * the others keep their rate, whoever opens how many.
   */
  flush(early: boolean): void;
}

/** Groups subscriptions by feed and parameters, merges what changed, and ticks at frame rate while something is due. */
export class Publisher implements Stoppable {
  readonly #sources: FeedSources;
  readonly #clock: Clock;
  readonly #groups = new Map<string, FeedGroup>();
  /** The parameters of every open group by its feed, for those who have to look through them. */
  readonly #params = new Map<FeedName, Map<string, unknown>>();
  readonly #beforeFrame: () => void;
  readonly #readers = new Set<FrameReader>();
  #cancelTick: (() => void) | null = null;
  #cancelEarly: (() => void) | null = null;

  /** @param beforeFrame called before each frame, to touch what is only worth finding out then. */
  constructor(sources: FeedSources, clock: Clock, beforeFrame: () => void = () => undefined) {
    this.#sources = sources;
    this.#clock = clock;
    this.#beforeFrame = beforeFrame;
  }

  /** Open groups: feeds that somebody reads, by feed and parameters. */
  get groups(): number {
    return this.#groups.size;
  }

  /** Adds a client to those that are given frames; returns what removes it. */
  addReader(reader: FrameReader): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  /** Opens one subscription; its snapshot is due at once. */
  subscribe<N extends FeedName>(id: number, feed: N, params: Parameters<FeedSources[N]>[0]): Subscription {
    const name = `${feed} ${JSON.stringify(params)}`;
    const group = this.#groups.get(name) ?? this.#addGroup(name, feed, params);
    const subscription = new Subscription(id, group, () => this.wake());
    this.#wakeSoon();
    return subscription;
  }

  /** Closes a subscription; a group nobody reads is forgotten. */
  unsubscribe(subscription: Subscription): void {
    subscription.close();
    for (const [name, group] of this.#groups) if (group.members.size === 0) this.#forget(name);
  }

  /** A row of a feed changed. `params` as text of {@link paramsText}; left out: the feed has none. */
  touch(feed: FeedName, key: string, params = '{}'): void {
    const group = this.#groups.get(`${feed} ${params}`);
    if (group === undefined) return;
    group.touch(key);
    this.wake();
  }

  /** Whether anybody reads a feed with these parameters. */
  isRead(feed: FeedName, params = '{}'): boolean {
    return this.#groups.has(`${feed} ${params}`);
  }

  /** The parameters with which a feed is read now. */
  openParams<N extends FeedName>(feed: N): Iterable<FeedParams<N>> {
    return (this.#params.get(feed)?.values() ?? []) as Iterable<FeedParams<N>>;
  }

  /** The head of a feed changed. */
  touchHead(feed: FeedName, params = '{}'): void {
    const group = this.#groups.get(`${feed} ${params}`);
    if (group === undefined) return;
    group.touchHead();
    this.wake();
  }

  /** What one feed reads was replaced as a whole: its readers get a snapshot again. */
  replace(feed: FeedName, params = '{}'): void {
    const group = this.#groups.get(`${feed} ${params}`);
    if (group === undefined) return;
    group.replace();
    this.wake();
  }

  /** Everything that can be read was replaced: every feed begins again with a snapshot. */
  replaceAll(): void {
    for (const group of this.#groups.values()) group.replace();
    this.wake();
  }

  /** Makes sure that a tick comes. */
  wake(): void {
    this.#cancelTick ??= this.#clock.after(FRAME_MS, () => this.#tick());
  }

  stop(): Promise<void> {
    this.#cancelTick?.();
    this.#cancelTick = null;
    this.#cancelEarly?.();
    this.#cancelEarly = null;
    this.#readers.clear();
    this.#groups.clear();
    this.#params.clear();
    return Promise.resolve();
  }

  /** A new subscription need not wait for the next frame: its page shows nothing until its snapshot comes. */
  #wakeSoon(): void {
    this.#cancelEarly ??= this.#clock.after(0, () => {
      this.#cancelEarly = null;
      this.#flush(true);
    });
  }

  #tick(): void {
    this.#beforeFrame();
    this.#cancelTick = null;
    this.#flush(false);
  }

  #flush(early: boolean): void {
    for (const group of this.#groups.values()) group.distribute();
    for (const reader of this.#readers) reader.flush(early);
  }

  #addGroup<N extends FeedName>(name: string, feed: N, params: Parameters<FeedSources[N]>[0]): FeedGroup {
    const makeSource = this.#sources[feed] as (params: unknown) => FeedSource<FeedName>;
    const group = new FeedGroup(feedKey(feed), () => makeSource(params));
    this.#groups.set(name, group);
    const open = this.#params.get(feed) ?? new Map<string, unknown>();
    this.#params.set(feed, open.set(name, params));
    return group;
  }

  #forget(name: string): void {
    this.#groups.delete(name);
    for (const open of this.#params.values()) open.delete(name);
  }
}

/** Text that names the parameters of a feed in {@link Publisher.touch}. */
export function paramsText(params: object): string {
  return JSON.stringify(params);
}
