import type { EventKind } from '../../src-contract/event-kinds.ts';
import { journalId, journalPosition } from '../../src-contract/journal.ts';
import { NumberReader, NumberWriter } from './packed-numbers.ts';

/** A block holds at most this many rows … */
export const BLOCK_ROWS = 1_000;
/** … and at most this many bytes of bodies, those that stand elsewhere too; a row that alone has more is a block of its own. */
export const BLOCK_BYTES = 256 * 1024;

/** Names how the columns are written: the first number of a block. */
const FORMAT = 1;

/** Rows of one stream incarnation as columns: index i of every column is the same row. Sequences rise. */
export interface BlockRows {
  count: number;
  seqs: ArrayLike<number>;
  kinds: ArrayLike<number>;
  occurredAt: ArrayLike<number>;
  receivedAt: ArrayLike<number>;
  /** Bytes of each body; null for one that does not stand in the block. */
  sizes: ArrayLike<number | null>;
  /** Where in `portfolio_body` the body stands, for each row; null when no row of the block has one there. */
  places: ArrayLike<number | null> | null;
}

/** A row as a block has it. */
export interface BlockRow {
  id: number;
  kind: EventKind;
  occurredAt: number;
  receivedAt: number;
  place: number | null;
  body: Uint8Array | null;
}

/** A block as the journal keeps it. `id` is the journal's id of its first row. */
export interface StoredBlock {
  id: number;
  rows: number;
  columns: Uint8Array;
  bodies: Uint8Array;
}

/**
 * Packs the columns of a block: the format, whether there are places, then column after column. Sequences and times are
 * differences, which mostly fit into a byte: rows of one batch come close together. Throws a RangeError for what is no
 * whole number.
 */
export function packColumns(rows: BlockRows): Uint8Array {
  const { count, seqs, occurredAt, receivedAt, places } = rows;
  const numbers = new NumberWriter(64 + count * 12);
  numbers.put(FORMAT);
  numbers.put(places === null ? 0 : 1);
  differences(numbers, seqs, count);
  for (let row = 0; row < count; row += 1) numbers.put(rows.kinds[row] ?? 0);
  differences(numbers, receivedAt, count);
  for (let row = 0; row < count; row += 1) numbers.putSigned((occurredAt[row] ?? 0) - (receivedAt[row] ?? 0));
  for (let row = 0; row < count; row += 1) numbers.put((rows.sizes[row] ?? -1) + 1);
  if (places !== null) for (let row = 0; row < count; row += 1) numbers.put(places[row] ?? 0);
  return numbers.bytes;
}

/** The rows of a block, in the order of their sequences; bodies are views on the block's. */
export function unpackBlock({ id, rows, columns, bodies }: StoredBlock): BlockRow[] {
  const { incarnation } = journalPosition(id);
  const { seqs, kinds, receivedAt, delays, sizes, places } = unpackColumns(columns, rows);
  let end = 0;
  return seqs.map((seq, row) => {
    const size = (sizes[row] ?? 0) - 1;
    const begin = end;
    end += Math.max(0, size);
    return {
      id: journalId(incarnation, seq),
      kind: kinds[row] as EventKind,
      occurredAt: (receivedAt[row] ?? 0) + (delays[row] ?? 0),
      receivedAt: receivedAt[row] ?? 0,
      place: places?.[row] || null,
      body: size < 0 ? null : bodies.subarray(begin, end),
    };
  });
}

/** The places in `portfolio_body` that rows of a block have. */
export function placesOf({ rows, columns }: Pick<StoredBlock, 'rows' | 'columns'>): number[] {
  return unpackColumns(columns, rows).places?.filter((place) => place !== 0) ?? [];
}

function unpackColumns(columns: Uint8Array, rows: number) {
  const numbers = new NumberReader(columns);
  const format = numbers.take();
  if (format !== FORMAT) throw new RangeError(`a block of the journal has the unknown format ${format}`);
  const placed = numbers.take() === 1;
  const column = (): number[] => Array.from({ length: rows }, () => numbers.take());
  return {
    seqs: sums(numbers, rows),
    kinds: column(),
    receivedAt: sums(numbers, rows),
    delays: Array.from({ length: rows }, () => numbers.takeSigned()),
    sizes: column(),
    places: placed ? column() : null,
  };
}

function differences(numbers: NumberWriter, column: ArrayLike<number>, count: number): void {
  let before = 0;
  for (let row = 0; row < count; row += 1) {
    const value = column[row] ?? 0;
    numbers.putSigned(value - before);
    before = value;
  }
}

function sums(numbers: NumberReader, count: number): number[] {
  let value = 0;
  return Array.from({ length: count }, () => (value += numbers.takeSigned()));
}
