import type { Random } from '../../src-main/lib/random.ts';
import type { LoadEvents } from './load-options.ts';

/** Events that can be repeated are the newest so many. */
const REMEMBERED = 1000;
/** Longer than a type may be. */
const LONG_TYPE = 'x'.repeat(129);

/** What is made. */
export interface EventMakerOptions {
  readonly events: LoadEvents;
  /** Shares of a hundred. */
  readonly bad: number;
  readonly repeated: number;
  /** Begins the names of events, so that those of two runs differ. */
  readonly run: string;
  readonly random: Random;
}

/** Makes events one after another as JSON text: the same ones for the same random. */
export class EventMaker {
  readonly #options: EventMakerOptions;
  readonly #remembered: string[] = [];
  #made = 0;
  #named = 0;
  #bad = 0;
  #repeated = 0;

  constructor(options: EventMakerOptions) {
    this.#options = options;
  }

  /** How many were made, and how many of them are not valid or were made before. */
  get counts(): { made: number; bad: number; repeated: number } {
    return { made: this.#made, bad: this.#bad, repeated: this.#repeated };
  }

  /** The next event. */
  next(): string {
    const { events, bad, random, repeated } = this.#options;
    const draw = random.next() * 100;
    this.#made += 1;
    if (draw < bad) {
      this.#bad += 1;
      return JSON.stringify(random.pick(events === 'activity' ? BAD_ACTIVITY : BAD_ANALYTICS));
    }
    if (draw < bad + repeated && this.#remembered.length > 0) {
      this.#repeated += 1;
      return random.pick(this.#remembered);
    }
    const event = events === 'activity' ? activity(random) : analytics(random);
    return repeated > 0 ? this.#remember(event) : JSON.stringify(event);
  }

  #remember(event: object): string {
    const text = JSON.stringify({ ...event, id: `${this.#options.run}-${this.#made}` });
    this.#remembered[this.#named % REMEMBERED] = text;
    this.#named += 1;
    return text;
  }
}

const BAD_ANALYTICS: readonly object[] = [
  { user_id: 'user_1' },
  { type: LONG_TYPE },
  { type: 'purchase', value: 'a lot' },
  { type: 'page_view', occurred_at: '2999-01-01T00:00:00.000Z' },
];
const BAD_ACTIVITY: readonly object[] = [
  { type: 'task_created' },
  { user: 'user_1@example.com', type: LONG_TYPE },
  { user: 1, type: 'task_created' },
  { user: 'user_1@example.com', type: 'task_created', occurred_at: '2999-01-01T00:00:00.000Z' },
];

const PAGES = ['/', '/products', '/products/7', '/cart', '/help'] as const;
const ACTS = ['task_created', 'task_completed', 'comment_added', 'document_edited', 'signed_in'] as const;

function analytics(random: Random): object {
  const draw = random.next();
  const user_id = `user_${random.int(1, 10_000)}`;
  if (draw < 0.75) return { type: 'page_view', user_id, page: random.pick(PAGES), value: 1 };
  if (draw < 0.95)
    return {
      ...{ type: 'purchase', user_id, product_id: `product_${random.int(1, 500)}` },
      value: random.int(100, 50_000) / 100,
    };
  return { type: 'conversion', user_id, campaign_id: `campaign_${random.int(1, 20)}` };
}

function activity(random: Random): object {
  return { user: `user_${random.int(1, 500)}@example.com`, type: random.pick(ACTS) };
}
