import { journalId } from '../../src-contract/journal.ts';
import type { EventBatch } from '../../src-contract/journal.ts';
import type { KeptRows } from './batch-screen.ts';
import type { Run } from './batch-table.ts';
import { BLOCK_BYTES, BLOCK_ROWS, type BlockRows, packColumns } from './journal-block.ts';
import { slugKey } from './slug-key.ts';
import type { Statements } from './statements.ts';

/**
 * Writes events of a batch into the journal, many rows to a block: the one way by which every event gets there.
 *
 * A block never reaches over the end of a run: what ages out or is replayed is a run, and so whole blocks.
 */
export class JournalInsert {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** Inserts the rows that are kept; `runs` are the ranges of sequences that they lie in, rising. */
  insert(
    batch: EventBatch,
    kept: Pick<KeptRows, 'rows' | 'bodies'>,
    runs: readonly Pick<Run, 'last'>[],
  ): void {
    const count = kept.rows === null ? batch.count : kept.rows.length;
    const isPlain = kept.rows === null && kept.bodies === null && (batch.keys?.every(isNull) ?? true);
    for (let from = 0; from < count;) {
      const to = endOfBlock(batch, kept, runs, from, count);
      if (isPlain) this.#write(batch.incarnation, plainRows(batch, from, to), plainBodies(batch, from, to));
      else this.#writeMixed(batch, kept, from, to);
      from = to;
    }
  }

  #writeMixed(batch: EventBatch, kept: Pick<KeptRows, 'rows' | 'bodies'>, from: number, to: number): void {
    const indexes = Array.from({ length: to - from }, (_, row) => kept.rows?.[from + row] ?? from + row);
    const bodies = indexes.map((index) => kept.bodies?.get(index) ?? bodyOf(batch, index));
    const places = indexes.map((index, row) => this.#place(batch, index, bodies[row]));
    const pick = (column: ArrayLike<number>): number[] => indexes.map((index) => column[index] ?? 0);
    const isHere = (row: number): boolean => places[row] === null;
    const rows: BlockRows = {
      count: indexes.length,
      seqs: pick(batch.seqs),
      kinds: pick(batch.kinds),
      occurredAt: pick(batch.occurredAt),
      receivedAt: pick(batch.receivedAt),
      sizes: bodies.map((body, row) => (isHere(row) ? body.length : null)),
      places: places.every(isNull) ? null : places,
    };
    this.#write(batch.incarnation, rows, Buffer.concat(bodies.filter((_, row) => isHere(row))));
  }

  #write(incarnation: number, rows: BlockRows, bodies: Uint8Array): void {
    this.#sql
      .prepared('INSERT INTO journal_block (id, rows, columns, bodies) VALUES (?, ?, ?, ?)')
      .run(journalId(incarnation, rows.seqs[0] ?? 0), rows.count, packColumns(rows), bodies);
  }

  /** Puts the body of an event that can be asked to be forgotten into its own table; answers where, null for others. */
  #place(batch: EventBatch, index: number, body: Uint8Array | undefined): number | null {
    const slug = batch.keys?.[index] ?? null;
    if (slug === null) return null;
    const { lastInsertRowid } = this.#sql
      .prepared('INSERT INTO portfolio_body (key, event, received_at, body) VALUES (?, ?, ?, ?)')
      .run(
        slugKey(slug),
        journalId(batch.incarnation, batch.seqs[index] ?? 0),
        batch.receivedAt[index] ?? 0,
        body ?? null,
      );
    return Number(lastInsertRowid);
  }
}

/** Where the block that begins with a row ends: at the end of its run, or when it is full. */
function endOfBlock(
  batch: EventBatch,
  kept: Pick<KeptRows, 'rows' | 'bodies'>,
  runs: readonly Pick<Run, 'last'>[],
  from: number,
  count: number,
): number {
  const indexOf = (row: number): number => kept.rows?.[row] ?? row;
  const seqOf = (row: number): number => batch.seqs[indexOf(row)] ?? 0;
  const last = runs.find((run) => seqOf(from) <= run.last)?.last ?? seqOf(from);
  const end = Math.min(count, from + BLOCK_ROWS);
  let bytes = sizeOf(batch, indexOf(from));
  for (let row = from + 1; row < end; row += 1) {
    bytes += sizeOf(batch, indexOf(row));
    if (seqOf(row) > last || bytes > BLOCK_BYTES) return row;
  }
  return end;
}

/** Rows of a batch as they lie in it, without a copy. */
function plainRows(batch: EventBatch, from: number, to: number): BlockRows {
  return {
    count: to - from,
    seqs: batch.seqs.subarray(from, to),
    kinds: batch.kinds.subarray(from, to),
    occurredAt: batch.occurredAt.subarray(from, to),
    receivedAt: batch.receivedAt.subarray(from, to),
    sizes: plainSizes(batch, from, to),
    places: null,
  };
}

function plainSizes(batch: EventBatch, from: number, to: number): Uint32Array {
  const sizes = new Uint32Array(to - from);
  for (let row = from; row < to; row += 1) sizes[row - from] = sizeOf(batch, row);
  return sizes;
}

function plainBodies(batch: EventBatch, from: number, to: number): Uint8Array {
  return batch.bodies.subarray(beginOf(batch, from), batch.bodyEnds[to - 1]);
}

function bodyOf(batch: EventBatch, index: number): Uint8Array {
  return batch.bodies.subarray(beginOf(batch, index), batch.bodyEnds[index]);
}

function sizeOf(batch: EventBatch, index: number): number {
  return (batch.bodyEnds[index] ?? 0) - beginOf(batch, index);
}

function beginOf({ bodyEnds }: EventBatch, index: number): number {
  return index === 0 ? 0 : (bodyEnds[index - 1] ?? 0);
}

function isNull(value: unknown): boolean {
  return value === null;
}
