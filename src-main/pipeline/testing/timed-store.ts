import {
  journalPosition,
  type Committed,
  type EventBatch,
  type JournalEvent,
} from '../../../src-contract/journal.ts';
import type { Clock } from '../../lib/clock.ts';

/**
 * A store that works on one batch after the other and takes its time for each. Like the writer it refuses a batch whose
 * predecessor it does not have, and knows events by their callers' names.
 */
export class TimedStore {
  /** How long it takes for a batch, in milliseconds. */
  batchMs = 2;
  /** While it is true nothing is committed. */
  broken = false;
  /** The sequences that were stored, in their order. */
  readonly stored: number[] = [];
  readonly rejects: { seq: number; part: number; reason: string; body: string }[] = [];
  readonly batches: EventBatch[] = [];
  readonly #clock: Clock;
  readonly #names = new Set<string>();
  readonly #offsets = new Map<number, number>();
  #last: Promise<void> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Commits a batch when those before it are done. */
  commit(batch: EventBatch): Promise<Committed> {
    const done = this.#last.then(() => this.#work(batch));
    this.#last = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  async #work(batch: EventBatch): Promise<Committed> {
    await this.#clock.sleep(this.batchMs);
    if (this.broken) throw new Error('disk full');
    if ((this.#offsets.get(batch.incarnation) ?? 0) < batch.follows) throw new Error('out of order');
    this.#offsets.set(batch.incarnation, batch.lastSeq);
    this.batches.push(batch);
    for (const { seq, part, reason, body } of batch.rejects) {
      this.rejects.push({ seq, part, reason, body: Buffer.from(body).toString() });
    }
    return {
      batch: this.batches.length,
      repeated: this.#store(batch),
      repeatedRejects: 0,
      movedRejects: batch.redriven?.length ?? 0,
    };
  }

  /** Stores what has no known name; answers the indexes of the others. */
  #store(batch: EventBatch): number[] | null {
    const names = new Map((batch.ids ?? []).map(({ event, id }) => [event, id]));
    const repeated: number[] = [];
    let event = 0;
    for (let row = 0; row < batch.count; row += 1) {
      for (let part = 0; part < (batch.parts?.[row] ?? 1); part += 1, event += 1) {
        const name = names.get(event);
        if (name !== undefined && this.#names.has(name)) repeated.push(event);
        else this.stored.push(batch.seqs[row] as number);
        if (name !== undefined) this.#names.add(name);
      }
    }
    return repeated.length === 0 ? null : repeated;
  }
}

/** The sequences of events, as their projections see them. */
export function seqsOf(events: readonly JournalEvent[]): number[] {
  return events.map(({ id }) => journalPosition(id).seq);
}
