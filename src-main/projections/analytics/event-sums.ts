import { sketchPlace } from '../../lib/distinct-count.ts';
import { MAX_CELL_TYPES, type Cells } from './cell-table.ts';
import { EventAggregator } from './event-aggregator.ts';
import type { EventColumns } from './event-columns.ts';

/** What columns of events come to: a part that is merged into the whole, in any thread. */
export interface EventSums {
  /** Types in the order in which they came, and how many events each has. */
  types: string[];
  events: number[];
  /** Seconds of each type, by its index in `types`; the first `size` cells are taken. */
  cells: Cells;
  size: number;
  /** Of each event with a user: when it occurred, and where the user belongs in a sketch. */
  usersAt: Float64Array;
  userPlaces: Uint32Array;
}

/** Sums columns of events up. It depends on nothing else, so that it does not matter which thread does it. */
export function sumUp({ count, types, values, at, users }: EventColumns): EventSums {
  const register = new BatchTypes();
  const places = new BatchUsers(count);
  const aggregator = new EventAggregator(register, places, MAX_CELL_TYPES);
  for (let index = 0; index < count; index += 1) {
    const value = values[index] as number;
    const known = Number.isNaN(value) ? undefined : value;
    aggregator.take(types[index] as string, known, at[index] as number, users[index]);
  }
  const { cells: table } = aggregator;
  return {
    types: register.names,
    events: register.events,
    cells: table.cells,
    size: table.size,
    usersAt: places.at.slice(0, places.count),
    userPlaces: places.places.slice(0, places.count),
  };
}

/** Numbers of the types of one batch. */
class BatchTypes {
  readonly names: string[] = [];
  readonly events: number[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.#numbers.set(name, number);
      this.events.push(0);
    }
    this.events[number] = (this.events[number] as number) + 1;
    return number;
  }
}

/** The users of one batch, hashed. */
class BatchUsers {
  readonly at: Float64Array;
  readonly places: Uint32Array;
  count = 0;

  constructor(most: number) {
    this.at = new Float64Array(most);
    this.places = new Uint32Array(most);
  }

  add(at: number, user: string): void {
    this.at[this.count] = at;
    this.places[this.count] = sketchPlace(user);
    this.count += 1;
  }
}
