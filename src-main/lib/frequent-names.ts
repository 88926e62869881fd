/** A name with its count: it came at least `count − error` and at most `count` times. */
export interface FrequentName {
  name: string;
  count: number;
  error: number;
}

/**
 * The most frequent of endlessly many names in a fixed number of counters (Space-Saving, Metwally 2005). When all counters
 * are taken, a new name takes over the smallest one with its count, which is its error. Of n counted events and k counters,
 * no error is above n/k, and every name that came more than n/k times is in it. Ties are broken by name, so that a sketch
 * that was stored and read goes on exactly like one that was not.
 */
export class FrequentNames {
  readonly #capacity: number;
  /** A heap: the smallest counter comes first, none is smaller than its parent. */
  readonly #heap: FrequentName[] = [];
  readonly #places = new Map<string, number>();

  /** @param capacity how many counters there are. */
  constructor(capacity: number, counters: readonly FrequentName[] = []) {
    this.#capacity = capacity;
    for (const counter of largest(counters).slice(0, capacity)) this.#push({ ...counter });
  }

  /** How many counters are taken. */
  get size(): number {
    return this.#heap.length;
  }

  /** Counts a name `times` times. */
  add(name: string, times = 1): void {
    const place = this.#places.get(name);
    const known = place === undefined ? undefined : this.#heap[place];
    if (place !== undefined && known !== undefined) {
      known.count += times;
      return this.#sink(place);
    }
    const smallest = this.#heap[0];
    if (smallest === undefined || this.#heap.length < this.#capacity) {
      return this.#push({ name, count: times, error: 0 });
    }
    this.#places.delete(smallest.name);
    this.#set(0, { name, count: smallest.count + times, error: smallest.count });
    this.#sink(0);
  }

  /** The most frequent names, by count and then by name; copies. */
  top(limit: number): FrequentName[] {
    return largest(this.#heap)
      .slice(0, limit)
      .map((counter) => ({ ...counter }));
  }

  #push(counter: FrequentName): void {
    this.#set(this.#heap.length, counter);
    this.#rise(this.#heap.length - 1);
  }

  #set(place: number, counter: FrequentName): void {
    this.#heap[place] = counter;
    this.#places.set(counter.name, place);
  }

  #rise(start: number): void {
    for (let place = start; place > 0;) {
      const parent = (place - 1) >> 1;
      if (!this.#swapIfSmaller(place, parent)) return;
      place = parent;
    }
  }

  #sink(start: number): void {
    for (let place = start; ;) {
      const left = 2 * place + 1;
      const child = isSmaller(this.#heap[left + 1], this.#heap[left]) ? left + 1 : left;
      if (!this.#swapIfSmaller(child, place)) return;
      place = child;
    }
  }

  /** Swaps two counters when the one further down is the smaller. */
  #swapIfSmaller(below: number, above: number): boolean {
    const [lower, upper] = [this.#heap[below], this.#heap[above]];
    if (lower === undefined || upper === undefined || !isSmaller(lower, upper)) return false;
    this.#set(above, lower);
    this.#set(below, upper);
    return true;
  }
}

function isSmaller(a: FrequentName | undefined, b: FrequentName | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.count < b.count || (a.count === b.count && a.name > b.name);
}

function largest(counters: readonly FrequentName[]): FrequentName[] {
  return counters.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
