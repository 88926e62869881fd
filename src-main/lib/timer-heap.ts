/** One timer of a virtual clock. `due` in milliseconds, `order` breaks ties, `index` is its place in the heap or -1. */
export interface Timer {
  readonly due: number;
  order: number;
  index: number;
  readonly fn: () => void;
}

/** A binary heap of timers, the next one due on top; adding, taking and deleting cost O(log n). */
export class TimerHeap {
  readonly #heap: Timer[] = [];

  get size(): number {
    return this.#heap.length;
  }

  add(timer: Timer): void {
    this.#heap.push(timer);
    this.#rise(timer, this.#heap.length - 1);
  }

  /** Removes and returns the first timer, when it is due at `time` or before. */
  takeDue(time: number): Timer | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.due > time) return undefined;
    this.delete(first);
    return first;
  }

  /** Removes a timer; one that is not in the heap any more is left alone. */
  delete(timer: Timer): void {
    const hole = timer.index;
    if (hole < 0) return;
    timer.index = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === timer) return;
    this.#rise(last, this.#lower(hole));
  }

  #rise(timer: Timer, from: number): void {
    let index = from;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.#heap[parentIndex];
      if (parent === undefined || !before(timer, parent)) break;
      this.#put(parent, index);
      index = parentIndex;
    }
    this.#put(timer, index);
  }

  /** Moves the hole down to a leaf, always pulling up the earlier child, and returns where it ends. */
  #lower(from: number): number {
    let hole = from;
    for (let child = this.#firstChild(hole); child !== undefined; child = this.#firstChild(hole)) {
      const next = child.index;
      this.#put(child, hole);
      hole = next;
    }
    return hole;
  }

  #firstChild(index: number): Timer | undefined {
    const left = this.#heap[2 * index + 1];
    const right = this.#heap[2 * index + 2];
    return left !== undefined && right !== undefined && before(right, left) ? right : left;
  }

  #put(timer: Timer, index: number): void {
    this.#heap[index] = timer;
    timer.index = index;
  }
}

function before(one: Timer, other: Timer): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}
