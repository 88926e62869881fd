import type { TailEvent } from '../../src-contract/analytics.ts';
import type { FeedParams } from '../../src-contract/channels.ts';
import type { AppContext } from './app-context.ts';
import type { FeedStore } from './feed-store.svelte.ts';

/** Somebody who types is not disturbed by every letter's answer, in milliseconds. */
const PAUSE_MS = 200;
/** The longest text the feed takes. */
const LONGEST = 100;

/** Newest first: by receipt, then by place in the journal, then by part. */
export function newestFirst(events: Iterable<TailEvent>): TailEvent[] {
  return [...events].sort(
    (left, right) =>
      Date.parse(right.received_at) - Date.parse(left.received_at) || comparePlace(right.id, left.id),
  );
}

function comparePlace(left: string, right: string): number {
  const [leftRow = 0, leftPart = 0] = left.split('.').map(Number);
  const [rightRow = 0, rightPart = 0] = right.split('.').map(Number);
  return leftRow - rightRow || leftPart - rightPart;
}

/** The newest events of a family, those that contain the text that is typed. */
export class EventTail {
  #typed = $state('');
  #text = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #feed: AppContext['feed'];
  readonly #family: FeedParams<'eventTail'>['family'];
  /** What the latest snapshot said; it is kept while the feed of another text has not answered yet. */
  #last = { events: [] as readonly TailEvent[], scope: '', isFiltered: false };
  /** The feed in view: another one for another text. */
  readonly store: FeedStore<'eventTail'> = $derived.by(() =>
    this.#feed('eventTail', { family: this.#family, ...(this.#text === '' ? {} : { q: this.#text }) }),
  );
  readonly #shown = $derived.by(() => {
    const { store } = this;
    const text = this.#text;
    if (store.loaded) {
      const scope = `${store.head?.env ?? ''} ${text}`;
      this.#last = { events: newestFirst(store.rows.values()), scope, isFiltered: text !== '' };
    }
    return this.#last;
  });

  constructor(feed: AppContext['feed'], family: FeedParams<'eventTail'>['family']) {
    this.#feed = feed;
    this.#family = family;
  }

  /** What is typed; it filters after a short pause. */
  get text(): string {
    return this.#typed;
  }

  set text(text: string) {
    this.#typed = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#text = this.#typed.trim().slice(0, LONGEST)), PAUSE_MS);
  }

  /** Newest first. */
  get events(): readonly TailEvent[] {
    return this.#shown.events;
  }

  /** Tells the lists of different texts and environments apart. */
  get scope(): string {
    return this.#shown.scope;
  }

  /** Whether the events are only those of a text. */
  get isFiltered(): boolean {
    return this.#shown.isFiltered;
  }

  /** Forgets what is typed and not in effect yet. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
