/** Items that are sorted or merged before anybody can say stop. */
const RUN = 2_048;

/** Sorts numbers in steps of well below a millisecond, to end in an order that no step changes: stable, n log n. */
export class MergeSort {
  /** The numbers; in order once done. */
  items: Uint32Array;
  readonly #compare: (one: number, other: number) => number;
  readonly #passes: number;
  #spare: Uint32Array;
  #pass = 0;
  /** How long the sorted runs are; 0 while they are made. */
  #width = 0;
  /** How far the pass has come: the next of the left run, of the right one, and the place that is written. */
  #left = 0;
  #right = 0;
  #at = 0;

  /** @param items are sorted in place or replaced; @param compare negative when `one` goes first */
  constructor(items: Uint32Array, compare: (one: number, other: number) => number) {
    this.items = items;
    this.#compare = compare;
    this.#spare = new Uint32Array(items.length);
    this.#passes = 1 + Math.max(0, Math.ceil(Math.log2(items.length / RUN)));
  }

  get done(): boolean {
    return this.#pass >= this.#passes;
  }

  /** From 0 to 1. */
  get progress(): number {
    if (this.done) return 1;
    return (this.#pass + this.#at / Math.max(1, this.items.length)) / this.#passes;
  }

  /** Goes on by some items. */
  step(): void {
    if (this.done) return;
    if (this.#width === 0) this.#sortRun();
    else this.#merge();
    if (this.#at >= this.items.length) this.#nextPass();
  }

  #sortRun(): void {
    this.items.subarray(this.#at, this.#at + RUN).sort(this.#compare);
    this.#at += RUN;
  }

  #merge(): void {
    const length = this.items.length;
    const pair = Math.floor(this.#at / (2 * this.#width)) * 2 * this.#width;
    const middle = Math.min(pair + this.#width, length);
    const end = Math.min(middle + this.#width, length);
    if (this.#at === pair) {
      this.#left = pair;
      this.#right = middle;
    }
    const until = Math.min(end, this.#at + RUN);
    while (this.#at < until) {
      const left = this.items[this.#left] ?? 0;
      const right = this.items[this.#right] ?? 0;
      const leftFirst = this.#left < middle && (this.#right >= end || this.#compare(left, right) <= 0);
      this.#spare[this.#at++] = leftFirst ? left : right;
      if (leftFirst) this.#left += 1;
      else this.#right += 1;
    }
  }

  #nextPass(): void {
    if (this.#width > 0) [this.items, this.#spare] = [this.#spare, this.items];
    this.#width = this.#width === 0 ? RUN : this.#width * 2;
    this.#pass += 1;
    this.#at = 0;
  }
}
