import type { Ledger } from '../../src-contract/system.ts';

/** What a source's ledger starts from: the sums of earlier runs. */
export type LedgerStart = Omit<Ledger, 'received' | 'waiting'> & { other: number };

/**
 * The ledger of one source in one environment. Each side is counted where it happens, so that
 * received = stored + repeated + rejected + waiting is a finding, not a definition.
 */
export class LedgerCount {
  #received: number;
  #stored: number;
  #repeated: number;
  #rejected: number;
  #other: number;
  #waiting = 0;

  constructor(start: LedgerStart = { stored: 0, repeated: 0, rejected: 0, other: 0 }) {
    this.#received = start.stored + start.repeated + start.rejected;
    this.#stored = start.stored;
    this.#repeated = start.repeated;
    this.#rejected = start.rejected;
    this.#other = start.other;
  }

  /** A message on a remembered subject arrived and waits for its commit. */
  arrived(): void {
    this.#received++;
    this.#waiting++;
  }

  /** A message that was counted when it arrived turns out to pack this many more events. */
  unpacked(more: number): void {
    this.#received += more;
    this.#waiting += more;
  }

  /** A message arrived whose sequence was offered before. */
  arrivedAgain(): void {
    this.#received++;
    this.#repeated++;
  }

  /** A commit settled what waited. */
  settled(counts: { stored: number; repeated: number; rejected: number; other: number }): void {
    this.#waiting -= counts.stored + counts.repeated + counts.rejected;
    this.#stored += counts.stored;
    this.#repeated += counts.repeated;
    this.#rejected += counts.rejected;
    this.#other += counts.other;
  }

  /** A commit took these out of what was rejected: their events are stored now, or were before. */
  redriven(counts: { stored: number; repeated: number }): void {
    this.#rejected -= counts.stored + counts.repeated;
    this.#stored += counts.stored;
    this.#repeated += counts.repeated;
  }

  /** What waited was given up, to be read again from its source: it was not received after all. */
  givenUp(count: number): void {
    this.#waiting -= count;
    this.#received -= count;
  }

  /** Both sides at this moment. */
  read(): Ledger & { other: number } {
    return {
      received: this.#received,
      stored: this.#stored,
      repeated: this.#repeated,
      rejected: this.#rejected,
      waiting: this.#waiting,
      other: this.#other,
    };
  }
}
