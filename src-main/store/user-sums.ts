import type { DayUsers } from './day-users.ts';

/** Users in a row that are added up as an array: beyond, a map takes less room. */
const MOST_IN_ROW = 2_000_000;

/** Adds up the users of many days: in an array where their numbers lie close together, which is several times faster. */
export class UserSums {
  readonly #first: number;
  readonly #row: Float64Array;
  readonly #rest = new Map<number, number>();

  /** @param first the lowest number of a user, and the highest; others are summed all the same. */
  constructor({ first, last }: { first: number; last: number }) {
    this.#first = first;
    this.#row = new Float64Array(Math.min(MOST_IN_ROW, Math.max(0, last - first + 1)));
  }

  /** Adds a day. */
  add({ users, events }: DayUsers): void {
    const row = this.#row;
    const first = this.#first;
    for (let index = 0; index < users.length; index += 1) {
      const place = (users[index] as number) - first;
      const more = events[index] as number;
      if (place >= 0 && place < row.length) row[place] = (row[place] as number) + more;
      else this.#rest.set(place + first, (this.#rest.get(place + first) ?? 0) + more);
    }
  }

  /** Users with so many events or more, in no order. */
  from(least: number): [user: number, events: number][] {
    const found: [user: number, events: number][] = [];
    for (let place = 0; place < this.#row.length; place += 1) {
      const events = this.#row[place] as number;
      if (events > 0 && events >= least) found.push([place + this.#first, events]);
    }
    for (const [user, events] of this.#rest) if (events >= least) found.push([user, events]);
    return found;
  }

  /** How many events the last of the `limit` most active users has; 0 when there are fewer users. */
  least(limit: number): number {
    const counts = new Float64Array(this.#row.length + this.#rest.size);
    counts.set(this.#row);
    counts.set([...this.#rest.values()], this.#row.length);
    counts.sort();
    return counts[counts.length - limit] ?? 0;
  }
}
