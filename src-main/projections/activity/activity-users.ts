import {
  OTHER_NAME,
  type ActivityCheckpoint,
  type ActivityState,
} from '../../../src-contract/activity-store.ts';
import { ROLLUP_MS } from '../../../src-contract/analytics-store.ts';
import { CountsByName } from './counts-by-name.ts';

/** Most users of a UTC day that are told apart; further ones are counted under OTHER_NAME. */
export const MAX_USERS_A_DAY = 100_000;
/** The newest days whose users are never forgotten. */
const DAYS_KEPT = 2;
/** As many times the users of a full day are remembered; beyond that the oldest days' are forgotten. */
const DAYS_REMEMBERED = 4;

/**
 * Activity by UTC day and user. The cap on users holds for each of the newest two days, across restarts. Of older days it
 * knows those that it saw since the start, as long as there is room for them: late activity of very many users in very many
 * days may store more of a day than its cap.
 */
export class ActivityUsers {
  readonly #counts = new CountsByName(ROLLUP_MS['1d']);
  /** Users by start of their day. */
  readonly #days = new Map<number, Set<string>>();
  readonly #cap: number;
  #remembered = 0;

  constructor(state: ActivityState['users'], cap: number = MAX_USERS_A_DAY) {
    this.#cap = cap;
    for (const { day, names } of state) {
      const users = new Set(names);
      users.delete(OTHER_NAME);
      this.#days.set(day, users);
      this.#remembered += users.size;
    }
  }

  /** How many counts wait for a checkpoint. */
  get pending(): number {
    return this.#counts.size;
  }

  /** How many users are remembered, those of each day by themselves. */
  get remembered(): number {
    return this.#remembered;
  }

  /** Counts one event of a user. */
  add(at: number, user: string): void {
    const day = Math.floor(at / ROLLUP_MS['1d']) * ROLLUP_MS['1d'];
    this.#counts.add(day, this.#nameOn(day, user));
  }

  /** Hands out the counts, and begins anew. */
  take(): ActivityCheckpoint['users'] {
    return this.#counts.take().map(({ start, name, events }) => ({ day: start, user: name, events }));
  }

  #nameOn(day: number, user: string): string {
    const users = this.#days.get(day) ?? new Set();
    if (users.has(user)) return user;
    if (users.size >= this.#cap || user === OTHER_NAME) return OTHER_NAME;
    users.add(user);
    this.#days.set(day, users);
    this.#remembered += 1;
    if (this.#remembered > this.#cap * DAYS_REMEMBERED) this.#forget();
    return user;
  }

  /** Forgets the oldest days until half of the room is free. */
  #forget(): void {
    const oldest = [...this.#days.keys()].sort((a, b) => a - b).slice(0, -DAYS_KEPT);
    for (const day of oldest) {
      if (this.#remembered <= (this.#cap * DAYS_REMEMBERED) / 2) return;
      this.#remembered -= this.#days.get(day)?.size ?? 0;
      this.#days.delete(day);
    }
  }
}
