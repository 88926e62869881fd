import type { Committed, EventBatch } from '../../src-contract/journal.ts';
import type { Clock } from '../lib/clock.ts';
import { eventsIn, type ClosedBatch } from './batch-builder.ts';
import type { CommitGate } from './stages/commit-gate.ts';

/** What a commit line needs. */
export interface CommitLineOptions {
  clock: Clock;
  /** Says when a batch may be handed over. */
  gate: CommitGate;
  /** Has to refuse a batch while less of its stream is stored than it `follows`. */
  commit: (batch: EventBatch) => Promise<Committed>;
  retryDelay: (attempt: number) => number;
  onFailure: (error: Error | null) => void;
  onCommitted: (committed: Committed, batch: ClosedBatch) => void;
  /** Nothing is left to commit. */
  onIdle: () => void;
}

/** Batches handed to the store and not yet answered, at most: it begins the next without waiting for us to hear of the last. */
export const MOST_IN_FLIGHT = 4;

interface Entry {
  readonly batch: ClosedBatch;
  answer: 'none' | 'awaited' | { committed: Committed } | { error: Error };
}

/**
 * Commits the batches of a stream in their order, a few handed over ahead of the answers. The store refuses a batch whose
 * predecessor it does not have; so when one fails, all behind it do, and they are tried again from the failed one on: the
 * offset never jumps over events. Answers are passed on in order, too. Its length is bounded by the room its stream gives.
 */
export class CommitLine {
  readonly #options: CommitLineOptions;
  #entries: Entry[] = [];
  #awaited = 0;
  #stopped = false;
  #sending = false;
  #attempt = 0;
  #cancelRetry: (() => void) | null = null;
  #added = 0;
  #finished = 0;
  #waiters: { target: number; resolve: () => void }[] = [];

  constructor(options: CommitLineOptions) {
    this.#options = options;
  }

  /** Whether nothing is being or waits to be committed. */
  get isIdle(): boolean {
    return this.#entries.length === 0;
  }

  /** Adds a batch behind the others. */
  add(batch: ClosedBatch): void {
    this.#entries.push({ batch, answer: 'none' });
    this.#added++;
    this.#options.gate.add(eventsIn(batch));
    this.#send();
  }

  /** Resolves when every batch added so far is committed, or the line was stopped. */
  flushed(): Promise<void> {
    if (this.isIdle || this.#stopped) return Promise.resolve();
    const target = this.#added;
    return new Promise((resolve) => this.#waiters.push({ target, resolve }));
  }

  /** Stops committing; answers what was not known to be committed. */
  stop(): ClosedBatch[] {
    this.#stopped = true;
    this.#cancelRetry?.();
    const left = this.#entries.map(({ batch }) => batch);
    for (const { batch, answer } of this.#entries)
      this.#options.gate.giveUp(eventsIn(batch), placeOf(answer));
    this.#entries = [];
    this.#settle(Infinity);
    return left;
  }

  readonly #send = (): void => {
    // Handing over may make room, and so bring the next batch: the loop below finds it.
    if (this.#sending) return;
    this.#sending = true;
    while (this.#sendNext()) this.#awaited++;
    this.#sending = false;
  };

  /** Hands the next batch over, if there is one and it may be. */
  #sendNext(): boolean {
    if (this.#stopped || this.#cancelRetry !== null || this.#failure() !== null) return false;
    // After a failure one batch alone shows whether the store works again.
    if (this.#awaited >= (this.#attempt > 0 ? 1 : MOST_IN_FLIGHT)) return false;
    const next = this.#entries.findIndex(({ answer }) => answer === 'none');
    const entry = this.#entries[next];
    if (entry === undefined || next >= MOST_IN_FLIGHT) return false;
    if (!this.#options.gate.ask(eventsIn(entry.batch), this.#send)) return false;
    this.#commit(entry);
    return true;
  }

  #commit(entry: Entry): void {
    entry.answer = 'awaited';
    this.#options.commit(entry.batch.columns).then(
      (committed) => this.#answered(entry, { committed }),
      (error: unknown) =>
        this.#answered(entry, { error: error instanceof Error ? error : new Error(String(error)) }),
    );
  }

  #answered(entry: Entry, answer: Entry['answer']): void {
    this.#awaited--;
    if (this.#stopped) return;
    entry.answer = answer;
    this.#options.gate.answered(eventsIn(entry.batch), typeof answer === 'object' && 'committed' in answer);
    this.#passOn();
    const failure = this.#failure();
    if (failure === null) this.#send();
    else if (this.#awaited === 0) this.#retryLater(failure);
  }

  /** Passes on what is committed and has nothing before it that is not. */
  #passOn(): void {
    for (;;) {
      const [first] = this.#entries;
      if (first === undefined || typeof first.answer === 'string' || 'error' in first.answer) return;
      this.#entries.shift();
      this.#finished++;
      if (this.#attempt > 0) this.#options.onFailure(null);
      this.#attempt = 0;
      this.#options.onCommitted(first.answer.committed, first.batch);
      this.#options.gate.passedOn(eventsIn(first.batch));
      if (this.isIdle) this.#options.onIdle();
      this.#settle(this.#finished);
    }
  }

  /** Why the first batch that failed did: those behind it were refused only for its sake. */
  #failure(): Error | null {
    for (const { answer } of this.#entries.slice(0, MOST_IN_FLIGHT)) {
      if (typeof answer === 'object' && 'error' in answer) return answer.error;
    }
    return null;
  }

  #retryLater(failure: Error): void {
    this.#attempt++;
    for (const entry of this.#entries) {
      if (typeof entry.answer === 'object' && 'error' in entry.answer) entry.answer = 'none';
    }
    this.#cancelRetry = this.#options.clock.after(this.#options.retryDelay(this.#attempt), () => {
      this.#cancelRetry = null;
      this.#send();
    });
    this.#options.onFailure(failure);
  }

  #settle(reached: number): void {
    const ready = this.#waiters.filter(({ target }) => target <= reached);
    this.#waiters = this.#waiters.filter(({ target }) => target > reached);
    for (const { resolve } of ready) resolve();
  }
}

function placeOf(answer: Entry['answer']): 'waiting' | 'in hand' | 'committed' {
  if (answer === 'awaited') return 'in hand';
  return typeof answer === 'object' && 'committed' in answer ? 'committed' : 'waiting';
}
