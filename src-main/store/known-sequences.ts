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

  /** Reads what is known from a sequence on. */
  static from(sql: Statements, stream: StreamRow, first: number): KnownSequences {
    const ranges: Range[] = [];
    const newestFirst = sql.each<Range>(
      `SELECT first_seq AS first, last_seq AS last FROM batch WHERE env = ? AND incarnation = ? ORDER BY batch DESC`,
      stream.env,
      stream.id,
    );
    for (const range of newestFirst) {
      if (range.last < first && stream.disordered === 0) break;
      ranges.push(range);
    }
    ranges.sort((a, b) => a.first - b.first);
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
