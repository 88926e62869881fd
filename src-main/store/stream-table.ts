import type { StreamIdentity, StreamRecord } from '../../src-contract/journal.ts';
import { environmentId } from './environment-table.ts';
import type { Statements } from './statements.ts';
import { StoreFailure } from './store-failure.ts';

/** Incarnation numbers stay below 2^13, so that a journal id stays an exact integer. */
const MOST_INCARNATIONS = 2 ** 13 - 1;

/** How many gaps of a stream are kept, and how many a {@link StreamRecord} carries: the latest. */
const GAPS_KEPT = 1_000;
const GAPS_SHOWN = 20;

/** What a commit needs to know about a stream. */
export interface StreamRow {
  id: number;
  env: number;
  envName: string;
  source: string;
  name: string;
  createdAt: number;
  storedSeq: number;
  /** Everything up to here aged out of the journal. */
  agedSeq: number;
  active: number;
  /** 1 when a later batch may hold lower sequences. */
  disordered: number;
}

/** What a commit adds to a stream. */
export interface StreamProgress {
  /** The offset: everything up to here is dealt with. */
  lastSeq: number;
  /** Rows. */
  stored: number;
  /** Events that the rows hold beyond one each. */
  packed: number;
  repeated: number;
  rejected: number;
  other: number;
  /** Whether what it stored lies below sequences that were stored before. */
  disordered: boolean;
}

const STREAM = `
  SELECT i.id, i.env, e.name AS envName, i.source, i.name, i.created_at AS createdAt,
    i.stored_seq AS storedSeq, i.aged_seq AS agedSeq, i.active, i.disordered
  FROM incarnation i JOIN environment e ON e.id = i.env`;

/** A stream by its incarnation. Throws a RangeError when there is none. */
export function streamRow(sql: Statements, incarnation: number): StreamRow {
  const row = sql.row<StreamRow>(`${STREAM} WHERE i.id = ?`, incarnation);
  if (row === undefined) {
    throw new RangeError(`no stream has the incarnation ${incarnation}: open the stream first`);
  }
  return row;
}

/** Every incarnation that an environment ever had, in the order they were first seen. */
export function streamRecords(sql: Statements, env: number): StreamRecord[] {
  return sql.rows<StreamRow>(`${STREAM} WHERE i.env = ? ORDER BY i.id`, env).map((row) => record(sql, row));
}

/** Finds or adds an incarnation and makes it the active one of its environment, source and name. */
export function openStream(sql: Statements, stream: StreamIdentity, now: number): StreamRecord {
  const env = environmentId(sql, stream.env);
  const { source, name, createdAt } = stream;
  const identity = [env, source, name, createdAt] as const;
  const find = `${STREAM} WHERE i.env = ? AND i.source = ? AND i.name = ? AND i.created_at = ?`;
  if (sql.row<StreamRow>(find, ...identity) === undefined) addIncarnation(sql, identity, now);
  sql.run(
    'UPDATE incarnation SET active = (created_at = ?) WHERE env = ? AND source = ? AND name = ?',
    createdAt,
    env,
    source,
    name,
  );
  const row = sql.row<StreamRow>(find, ...identity);
  if (row === undefined) throw new StoreFailure('internal', `the stream ${name} was not added`);
  return record(sql, row);
}

/** Keeps a hole in a stream, and moves the offset behind it. */
export function recordGap(
  sql: Statements,
  incarnation: number,
  gap: { firstSeq: number; lastSeq: number; reason: string },
  now: number,
): void {
  streamRow(sql, incarnation);
  sql.run(
    `INSERT INTO stream_gap (incarnation, first_seq, last_seq, noticed_at, reason) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET last_seq = max(last_seq, excluded.last_seq)`,
    incarnation,
    gap.firstSeq,
    gap.lastSeq,
    now,
    gap.reason,
  );
  sql.run(
    `DELETE FROM stream_gap WHERE incarnation = ? AND first_seq IN
      (SELECT first_seq FROM stream_gap WHERE incarnation = ? ORDER BY first_seq DESC LIMIT -1 OFFSET ${GAPS_KEPT})`,
    incarnation,
    incarnation,
  );
  passOver(sql, incarnation, gap.lastSeq);
}

/** Moves the offset of a stream behind `lastSeq`; never back. */
export function passOver(sql: Statements, incarnation: number, lastSeq: number): void {
  streamRow(sql, incarnation);
  sql.run('UPDATE incarnation SET stored_seq = max(stored_seq, ?) WHERE id = ?', lastSeq, incarnation);
}

/** Moves the offset, which never goes back, and counts. */
export function advanceStream(sql: Statements, incarnation: number, progress: StreamProgress): void {
  sql.run(
    `UPDATE incarnation SET stored_seq = max(stored_seq, ?), stored = stored + ?, packed = packed + ?, repeated = repeated + ?,
        rejected = rejected + ?, other = other + ?, disordered = max(disordered, ?)
      WHERE id = ?`,
    progress.lastSeq,
    progress.stored,
    progress.packed,
    progress.repeated,
    progress.rejected,
    progress.other,
    progress.disordered ? 1 : 0,
    incarnation,
  );
}

function addIncarnation(
  sql: Statements,
  [env, source, name, createdAt]: readonly [number, string, string, number],
  now: number,
): void {
  const { newest } = sql.row<{ newest: number | null }>('SELECT max(id) AS newest FROM incarnation') ?? {};
  if ((newest ?? 0) >= MOST_INCARNATIONS) {
    throw new StoreFailure(
      'limit',
      `the database remembers at most ${MOST_INCARNATIONS} streams, and "${name}" would be one more: use a new data folder`,
    );
  }
  sql.run(
    'INSERT INTO incarnation (env, source, name, created_at, opened_at) VALUES (?, ?, ?, ?, ?)',
    env,
    source,
    name,
    createdAt,
    now,
  );
}

function record(sql: Statements, row: StreamRow): StreamRecord {
  const gaps = sql.rows<StreamRecord['gaps'][number]>(
    `SELECT first_seq AS firstSeq, last_seq AS lastSeq, noticed_at AS noticedAt, reason
      FROM stream_gap WHERE incarnation = ? ORDER BY first_seq DESC LIMIT ${GAPS_SHOWN}`,
    row.id,
  );
  return {
    env: row.envName,
    source: row.source,
    name: row.name,
    createdAt: row.createdAt,
    incarnation: row.id,
    storedSeq: row.storedSeq,
    active: row.active === 1,
    gaps: gaps.reverse(),
  };
}
