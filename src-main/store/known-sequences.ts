import type { Statements } from './statements.ts';
import type { StreamRow } from './stream-table.ts';

interface Range {
  first: number;
  last: number;
}

/**
 * Which sequences of a stream were dealt with before: those inside the range of a stored batch, and those that aged
 * out. Asked only when a batch begins at or below the stream's offset. Sequences must be asked for in rising order.
 */
export class KnownSequences {
  readonly #agedSeq: number;
  readonly #ranges: Range[];
  #next = 0;

  private constructor(agedSeq: number, ranges: Range[]) {
    this.#agedSeq = agedSeq;
    this.#ranges = ranges;
  }

  /** Reads what is known between two sequences. */
  static between(sql: Statements, stream: StreamRow, first: number, last: number): KnownSequences {
    const ranges = sql.rows<Range>(
      `SELECT first_seq AS first, last_seq AS last FROM batch
        WHERE incarnation = ? AND first_seq <= ? AND first_seq >= coalesce(
          (SELECT max(first_seq) FROM batch WHERE incarnation = ? AND first_seq <= ?), 0)
        ORDER BY first_seq`,
      stream.id,
      last,
      stream.id,
      first,
    );
    return new KnownSequences(stream.agedSeq, ranges);
  }

  /** Says whether `seq` was dealt with before. */
  has(seq: number): boolean {
    if (seq <= this.#agedSeq) return true;
    for (;;) {
      const range = this.#ranges[this.#next];
      if (range === undefined || seq < range.first) return false;
      if (seq <= range.last) return true;
      this.#next += 1;
    }
  }

  /** How many known ranges lie below the sequence asked for last: between two answers it grew by what lies there. */
  get passed(): number {
    return this.#next;
  }
}
