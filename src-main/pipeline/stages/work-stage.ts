import type { StageDemand } from '../../../src-contract/settings.ts';
import type { Clock } from '../../lib/clock.ts';
import { StageMeter } from './stage-meter.ts';

/** What a stage works with. */
export interface WorkStageOptions {
  clock: Clock;
  demand: StageDemand;
  /** Whether the next stage takes more. */
  mayPass: () => boolean;
  /** Its queue became shorter, or its work for a batch is done. */
  onChange: () => void;
}

interface Work {
  weight: number;
  run: () => void;
}

/** Stands in the queue for work that was done. */
const DONE: Work = { weight: 0, run: () => undefined };

/**
 * A stage whose work is done at once: what waits before it, in order, and the work for at most `demand.max` events at a
 * time, as long as the next stage takes more. A drill makes each of those batches take longer.
 */
export class WorkStage {
  readonly meter = new StageMeter();
  /** Less than `min` in hand asks for more, and never more than `max` are: from the next batch on. */
  demand: StageDemand;
  readonly #options: WorkStageOptions;
  #queue: Work[] = [];
  #head = 0;
  #size = 0;
  #slowedMs = 0;
  #cancelDelay: (() => void) | null = null;
  #working = false;

  constructor(options: WorkStageOptions) {
    this.#options = options;
    this.demand = options.demand;
  }

  /** What waits, by its weight. */
  get size(): number {
    return this.#size;
  }

  get slowedMs(): number {
    return this.#slowedMs;
  }

  /** Whether work may go past the queue: nothing is in it, and nothing holds the stage up. */
  get isClear(): boolean {
    return this.#isEmpty && this.#slowedMs === 0 && !this.#working;
  }

  /** Adds work behind the others; {@link pump} does it. */
  add(weight: number, run: () => void): void {
    this.#queue.push({ weight, run });
    this.#size += weight;
    this.meter.waiting(this.#options.clock.monotonic(), this.#size);
  }

  /** Makes each batch take so much longer, in milliseconds; 0 ends that, for the batch under way, too. */
  slow(ms: number): void {
    this.#slowedMs = ms;
    this.#endDelay();
    this.pump();
  }

  /** Does what can be done now. */
  pump(): void {
    if (this.#working || this.#cancelDelay !== null) return;
    while (!this.#isEmpty && this.#options.mayPass()) {
      if (this.#slowedMs > 0) {
        this.#delay();
        return;
      }
      this.#workOn(this.#options.clock.monotonic());
    }
  }

  /** Forgets what waits. */
  stop(): void {
    this.#endDelay();
    this.#queue = [];
    this.#head = 0;
    this.#size = 0;
  }

  #delay(): void {
    const begun = this.#options.clock.monotonic();
    this.meter.turnBusy(begun, true);
    this.#cancelDelay = this.#options.clock.after(this.#slowedMs, () => {
      this.#endDelay();
      if (this.#options.mayPass()) this.#workOn(begun);
      this.pump();
    });
  }

  #endDelay(): void {
    if (this.#cancelDelay === null) return;
    this.#cancelDelay();
    this.#cancelDelay = null;
    this.meter.turnBusy(this.#options.clock.monotonic(), false);
  }

  /** Works on one batch; the queue is shortened only afterwards, so that nothing passes by what is being worked on. */
  #workOn(begun: number): void {
    const { clock, mayPass, onChange } = this.#options;
    const from = clock.monotonic();
    this.#working = true;
    let done = 0;
    do {
      const work = this.#queue[this.#head] as Work;
      work.run();
      // What is done must not hold its events until the queue is compacted: a thousand batches of them would be kept.
      this.#queue[this.#head] = DONE;
      this.#head += 1;
      this.#size -= work.weight;
      done += work.weight;
    } while (!this.#isEmpty && this.#fits(done) && mayPass());
    this.#compact();
    this.#working = false;
    const to = clock.monotonic();
    this.meter.worked(from, to);
    this.meter.finished(begun, to);
    this.meter.waiting(to, this.#size);
    onChange();
  }

  get #isEmpty(): boolean {
    return this.#head === this.#queue.length;
  }

  #fits(done: number): boolean {
    return done + (this.#queue[this.#head] as Work).weight <= this.demand.max;
  }

  #compact(): void {
    if (this.#head < this.#queue.length && this.#head < 1024) return;
    this.#queue = this.#queue.slice(this.#head);
    this.#head = 0;
  }
}
