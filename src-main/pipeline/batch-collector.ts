import type { Committed } from '../../src-contract/journal.ts';
import type { Clock } from '../lib/clock.ts';
import { BatchBuilder, type ClosedBatch } from './batch-builder.ts';
import { CommitLine, type CommitLineOptions } from './commit-line.ts';

/** How batches of a stream are collected and committed. */
export interface BatchCollectorOptions extends Pick<
  CommitLineOptions,
  'gate' | 'commit' | 'retryDelay' | 'onFailure'
> {
  clock: Clock;
  stream: { env: string; source: string; incarnation: number };
  /** A batch closes at this many messages or events … */
  batchEvents: number;
  /** … or this many milliseconds after its first, whichever comes first. */
  lingerMs: number;
  onClosed: (batch: ClosedBatch) => void;
  onCommitted: (committed: Committed, batch: ClosedBatch) => void;
}

/** The batch of a stream that is being filled, and those that are being committed. */
export class BatchCollector {
  readonly builder: BatchBuilder;
  readonly #clock: Clock;
  readonly #lingerMs: number;
  readonly #line: CommitLine;
  readonly #onClosed: (batch: ClosedBatch) => void;
  #cancelLinger: (() => void) | null = null;
  #lingered = false;

  constructor({ stream, batchEvents, lingerMs, onClosed, ...options }: BatchCollectorOptions) {
    this.#clock = options.clock;
    this.#lingerMs = lingerMs;
    this.#onClosed = onClosed;
    this.builder = new BatchBuilder(stream, batchEvents);
    this.#line = new CommitLine({ ...options, onIdle: () => this.#lineIdle() });
  }

  /** Has to be called after each message that went into the batch: closes it when it is full, or in a while. */
  added(): void {
    if (this.builder.full) this.close();
    else if (this.#cancelLinger === null && !this.#lingered) this.#linger();
  }

  /** Closes the batch unless a message of so many events goes into it. */
  makeRoomFor(events: number): void {
    if (!this.builder.takes(events)) this.close();
  }

  /** Closes the batch, if there is anything in it. */
  close(): void {
    this.#cancelLinger?.();
    this.#cancelLinger = null;
    this.#lingered = false;
    if (this.builder.messages === 0) return;
    const batch = this.builder.close();
    this.#onClosed(batch);
    this.#line.add(batch);
  }

  /** Resolves when every batch closed so far is committed. */
  flushed(): Promise<void> {
    return this.#line.flushed();
  }

  /** Stops; answers everything that is not known to be committed. */
  stop(): ClosedBatch[] {
    this.#cancelLinger?.();
    return [...this.#line.stop(), this.builder.close()];
  }

  #linger(): void {
    this.#cancelLinger = this.#clock.after(this.#lingerMs, () => {
      this.#cancelLinger = null;
      this.#lingered = true;
      // While a commit is under way nothing is gained by closing: the batch grows until the line is idle.
      if (this.#line.isIdle) this.close();
    });
  }

  #lineIdle(): void {
    if (this.#lingered) this.close();
  }
}
