import type { EventBatch } from '../../src-contract/journal.ts';

/** The columns that all rows of a batch have, and those that some have. */
type RowColumns = Pick<
  EventBatch,
  'seqs' | 'kinds' | 'occurredAt' | 'receivedAt' | 'bodyEnds' | 'bodies' | 'parts' | 'keys'
>;

/** Bytes for bodies to begin with. */
const FIRST_BYTES = 64 * 1024;
/** Bytes of a row but for its body and its parts: three numbers of eight bytes, the end of its body, its kind. */
const ROW_BYTES = 3 * 8 + 4 + 1;

/** The rows of a batch under construction, in memory that the next batch uses again. */
export class BatchColumns {
  readonly #capacity: number;
  readonly #kept: number;
  readonly #seqs: Float64Array;
  readonly #kinds: Uint8Array;
  readonly #occurredAt: Float64Array;
  readonly #receivedAt: Float64Array;
  readonly #bodyEnds: Uint32Array;
  #bodies = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #parts: Uint16Array | null = null;
  #keys: (string | null)[] | null = null;
  #rows = 0;
  #bytes = 0;

  /**
   * @param capacity the most rows
   * @param kept bytes for bodies that are used again; what was made for larger batches is let go of
   */
  constructor(capacity: number, kept: number) {
    this.#capacity = capacity;
    this.#kept = kept;
    this.#seqs = new Float64Array(capacity);
    this.#kinds = new Uint8Array(capacity);
    this.#occurredAt = new Float64Array(capacity);
    this.#receivedAt = new Float64Array(capacity);
    this.#bodyEnds = new Uint32Array(capacity);
  }

  /** Rows so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Bytes of their bodies. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Where a body can be read once {@link place} has copied it. */
  get buffer(): Buffer {
    return this.#bodies;
  }

  /** Copies a body behind the others; it is none of them until its row is added. Answers where it begins. */
  place(body: Uint8Array): number {
    const start = this.#bytes;
    if (start + body.length > this.#bodies.length) this.#grow(start + body.length);
    this.#bodies.set(body, start);
    return start;
  }

  /** Adds a row, whose body of so many bytes was placed last. */
  add(seq: number, kind: number, occurredAt: number, receivedAt: number, size: number): void {
    const row = this.#rows++;
    this.#bytes += size;
    this.#seqs[row] = seq;
    this.#kinds[row] = kind;
    this.#occurredAt[row] = occurredAt;
    this.#receivedAt[row] = receivedAt;
    this.#bodyEnds[row] = this.#bytes;
    this.#keys?.push(null);
  }

  /** Says by what key the row added last can be asked to be forgotten. */
  key(key: string): void {
    this.#keys ??= new Array<string | null>(this.#rows).fill(null);
    this.#keys[this.#rows - 1] = key;
  }

  /** Says how many events the row added last holds. */
  holds(events: number): void {
    this.#parts ??= new Uint16Array(this.#capacity).fill(1);
    this.#parts[this.#rows - 1] = events;
  }

  /**
   * Takes the rows out, as views on one buffer that nobody else has: between threads one buffer costs less than six, and
   * all of what is viewed is copied, however little of it.
   */
  take(): RowColumns {
    const rows = this.#rows;
    const parts = this.#parts?.subarray(0, rows) ?? null;
    const ends = 24 * rows;
    const widths = ends + 4 * rows;
    const kinds = widths + (parts === null ? 0 : 2 * rows);
    const buffer = new ArrayBuffer(rows * ROW_BYTES + (kinds - widths) + this.#bytes);
    const columns = {
      seqs: new Float64Array(buffer, 0, rows),
      occurredAt: new Float64Array(buffer, 8 * rows, rows),
      receivedAt: new Float64Array(buffer, 16 * rows, rows),
      bodyEnds: new Uint32Array(buffer, ends, rows),
      parts: parts === null ? null : new Uint16Array(buffer, widths, rows),
      kinds: new Uint8Array(buffer, kinds, rows),
      bodies: new Uint8Array(buffer, kinds + rows, this.#bytes),
      keys: this.#keys,
    };
    columns.seqs.set(this.#seqs.subarray(0, rows));
    columns.occurredAt.set(this.#occurredAt.subarray(0, rows));
    columns.receivedAt.set(this.#receivedAt.subarray(0, rows));
    columns.bodyEnds.set(this.#bodyEnds.subarray(0, rows));
    if (parts !== null) columns.parts?.set(parts);
    columns.kinds.set(this.#kinds.subarray(0, rows));
    columns.bodies.set(this.#bodies.subarray(0, this.#bytes));
    this.#begin();
    return columns;
  }

  #begin(): void {
    this.#parts = null;
    this.#keys = null;
    this.#rows = 0;
    this.#bytes = 0;
    if (this.#bodies.length > this.#kept) this.#bodies = Buffer.allocUnsafeSlow(FIRST_BYTES);
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bodies.length * 2));
    this.#bodies.copy(grown, 0, 0, this.#bytes);
    this.#bodies = grown;
  }
}
