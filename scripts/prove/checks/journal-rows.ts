import type Database from 'better-sqlite3';

/** A row of the journal as it lies in the database. */
export interface JournalRow {
  id: number;
  kind: number;
  /** UTC milliseconds. */
  occurredAt: number;
  place: number | null;
  /** Null when somebody asked for it to be forgotten. */
  body: Buffer | null;
}

interface Block {
  id: number;
  rows: number;
  columns: Buffer;
  bodies: Buffer;
}

/** Bits of a stream's sequence in an id. */
const SEQUENCE_BITS = 40n;

/** Reads every row that an environment's journal holds from its blocks, without the app's code. */
export function* journalRows(database: Database.Database, env: string): Generator<JournalRow> {
  const blocks = database.prepare<[string, number], Block>(
    `SELECT b.id, b.rows, b.columns, b.bodies FROM journal_block b
      JOIN incarnation i ON i.id = b.id / (1 << ${SEQUENCE_BITS}) JOIN environment e ON e.id = i.env
      WHERE e.name = ? AND b.id > ? ORDER BY b.id LIMIT 100`,
  );
  const elsewhere = database
    .prepare<[number], Buffer | null>('SELECT body FROM portfolio_body WHERE id = ?')
    .pluck();
  for (let page = blocks.all(env, 0); page.length > 0; page = blocks.all(env, page.at(-1)?.id ?? 0)) {
    for (const block of page) {
      for (const row of rowsOf(block)) {
        yield row.place === null ? row : { ...row, body: elsewhere.get(row.place) ?? null };
      }
    }
  }
}

function rowsOf({ id, rows, columns, bodies }: Block): JournalRow[] {
  const numbers = numbersOf(columns);
  const take = (read: () => bigint): number[] => Array.from({ length: rows }, () => Number(read()));
  const rising = (): bigint[] => {
    let sum = 0n;
    return Array.from({ length: rows }, () => (sum += numbers.signed()));
  };
  if (numbers.plain() !== 1n) throw new Error('the journal is written in an unknown way');
  const placed = numbers.plain() === 1n;
  const seqs = rising();
  const kinds = take(numbers.plain);
  const received = rising();
  const occurredAt = received.map((at) => Number(at + numbers.signed()));
  const sizes = take(numbers.plain);
  const places = placed ? take(numbers.plain) : sizes.map(() => 0);
  const base = (BigInt(id) >> SEQUENCE_BITS) << SEQUENCE_BITS;
  let end = 0;
  return seqs.map((seq, row) => {
    const size = sizes[row] ?? 0;
    const body = size === 0 ? null : bodies.subarray(end, (end += size - 1));
    return {
      id: Number(base + seq),
      kind: kinds[row] ?? 0,
      occurredAt: occurredAt[row] ?? 0,
      place: places[row] === 0 ? null : (places[row] ?? null),
      body,
    };
  });
}

/** Numbers of seven bits a byte, lowest first; a signed one has its sign in the seventh bit of the first byte. */
function numbersOf(bytes: Buffer) {
  let at = 0;
  const rest = (): bigint => {
    const byte = bytes.readUInt8(at++);
    return BigInt(byte & 127) + (byte > 127 ? rest() << 7n : 0n);
  };
  return {
    plain: rest,
    signed: (): bigint => {
      const first = bytes.readUInt8(at++);
      const size = BigInt(first & 63) + (first > 127 ? rest() << 6n : 0n);
      return (first & 64) === 0 ? size : -size;
    },
  };
}
