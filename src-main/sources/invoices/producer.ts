import type { StreamIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { Pace } from './pace.ts';

/** What the producer works with. */
export interface ProducerOptions {
  clock: Pick<Clock, 'after' | 'now'>;
  stream: StreamIntake;
  /** Asked every time: another run has another. */
  pace: () => Pace;
  /** How many may still be made; 0 for now while a command is being carried out. */
  left: () => number;
  /** The body of invoice n as JSON bytes. */
  make: (n: number, at: number) => Uint8Array;
  onProduced: (count: number) => void;
  /** Calls back when `left` or the pace has changed; returns what stops that. */
  onWake: (listener: () => void) => () => void;
  /** Told what was thrown; nothing is produced after that. */
  fail: (error: unknown) => void;
}

/**
 * Starts to offer invoices as they become due, each under the next sequence of the stream, which is its number. While the
 * intake has no room what is due waits.
 */
export function startProducer(options: ProducerOptions): Stoppable {
  const producer = new Producer(options);
  producer.start();
  return producer;
}

class Producer implements Stoppable {
  readonly #options: ProducerOptions;
  #cancels: (() => void)[] = [];
  #cancelTimer: () => void = () => undefined;

  constructor(options: ProducerOptions) {
    this.#options = options;
  }

  start(): void {
    const { stream, onWake } = this.#options;
    this.#cancels = [stream.onRoom(() => this.#work()), onWake(() => this.#work())];
    this.#work();
  }

  stop(): Promise<void> {
    this.#cancelTimer();
    for (const cancel of this.#cancels) cancel();
    this.#cancels = [];
    return Promise.resolve();
  }

  #work(): void {
    this.#cancelTimer();
    try {
      this.#produce();
      const wait = this.#canGoOn() ? this.#options.pace().wait() : null;
      if (wait !== null) this.#cancelTimer = this.#options.clock.after(wait, () => this.#work());
    } catch (error) {
      void this.stop();
      this.#options.fail(error);
    }
  }

  /** Without room or leave it is woken. */
  #canGoOn(): boolean {
    return this.#options.left() > 0 && this.#options.stream.room > 0;
  }

  #produce(): void {
    const { clock, stream, pace, left, make, onProduced } = this.#options;
    const count = Math.min(pace().due(), left(), stream.room);
    const at = clock.now();
    let made = 0;
    try {
      for (; made < count; made += 1) {
        const n = stream.offeredSeq + 1;
        stream.offer('invoice.issued', n, at, make(n, at));
      }
    } finally {
      pace().take(made);
      if (made > 0) onProduced(made);
    }
  }
}
