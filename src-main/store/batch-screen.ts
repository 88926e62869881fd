import type { EventBatch } from '../../src-contract/journal.ts';
import { pickJsonElements } from '../lib/json-elements.ts';
import type { Run } from './batch-table.ts';
import { BatchNames } from './event-name-table.ts';
import type { NewPart } from './new-part.ts';
import { markRedriven } from './redriven-rejects.ts';
import type { Statements } from './statements.ts';
import type { StreamRow } from './stream-table.ts';

/** What of a batch is stored, and how that counts. */
export interface KeptRows {
  /** Indexes of the rows that are stored; null: all. */
  rows: readonly number[] | null;
  /** Bodies of those of which some events were known, by the index of the row; null: none. */
  bodies: ReadonlyMap<number, Uint8Array> | null;
  /** How many events the rows hold beyond one each. */
  packed: number;
  /** Indexes of events that are not stored; null for none. */
  repeated: number[] | null;
  /** How many of those count as repeated: what a redriven reject that was redriven before holds counts nowhere. */
  repeats: number;
  /** How many rejects were moved out of the rejected ones. */
  moved: number;
}

/** What is kept of a batch whose rows are one event each, that nobody named and that redrives nothing; null for others. */
export function keepPlain(batch: EventBatch, part: NewPart): KeptRows | null {
  if (batch.parts !== null || batch.ids !== null || batch.redriven !== null) return null;
  const { repeated } = part;
  const rows = repeated === null ? null : part.events;
  return { rows, bodies: null, packed: 0, repeated, repeats: repeated?.length ?? 0, moved: 0 };
}

/**
 * Screens the rows of a batch whose sequences are new: names their events, marks the rejects that they were made of, and
 * leaves out what turns out to be known. The runs of `part` lose what is left out.
 */
export function screenRows(sql: Statements, batch: EventBatch, stream: StreamRow, part: NewPart): KeptRows {
  const screening = new Screening(sql, batch, stream, part.runs);
  const all = part.repeated === null;
  let next = 0;
  for (let row = 0; row < batch.count; row += 1) {
    const isNew = all || part.events[next] === row;
    if (isNew) next += 1;
    screening.screen(row, isNew);
  }
  return screening.kept();
}

class Screening {
  readonly #sql: Statements;
  readonly #batch: EventBatch;
  readonly #stream: StreamRow;
  readonly #runs: Run[];
  readonly #names: BatchNames;
  readonly #rows: number[] = [];
  readonly #bodies = new Map<number, Uint8Array>();
  readonly #repeated: number[] = [];
  #repeats = 0;
  #moved = 0;
  /** Index of the first event of the row. */
  #event = 0;
  #nextName = 0;

  constructor(sql: Statements, batch: EventBatch, stream: StreamRow, runs: Run[]) {
    this.#sql = sql;
    this.#batch = batch;
    this.#stream = stream;
    this.#runs = runs;
    this.#names = new BatchNames(sql, stream.env);
  }

  screen(row: number, isNew: boolean): void {
    const size = this.#batch.parts?.[row] ?? 1;
    const names = this.#namesOf(size);
    if (!isNew) this.#leaveOut(size, this.#batch.redriven === null);
    else if (this.#moves(row)) this.#keep(row, size, names);
    else {
      this.#leaveOut(size, false);
      this.#shrink(row, 1, this.#bodyOf(row).length);
    }
    this.#event += size;
  }

  kept(): KeptRows {
    return {
      rows: this.#rows,
      bodies: this.#bodies.size === 0 ? null : this.#bodies,
      packed: this.#event - this.#repeated.length - this.#rows.length,
      repeated: this.#repeated.length === 0 ? null : this.#repeated,
      repeats: this.#repeats,
      moved: this.#moved,
    };
  }

  #namesOf(size: number): { event: number; id: string }[] {
    const { ids } = this.#batch;
    const begin = this.#nextName;
    if (ids === null) return [];
    while ((ids[this.#nextName]?.event ?? Infinity) < this.#event + size) this.#nextName += 1;
    return ids.slice(begin, this.#nextName);
  }

  /** Whether a row may be stored for the sake of the reject that it was made of. */
  #moves(row: number): boolean {
    const { redriven, receivedAt } = this.#batch;
    if (redriven === null) return true;
    const { env, source } = this.#stream;
    const moved = markRedriven(this.#sql, env, source, redriven[row] ?? 0, receivedAt[row] ?? 0);
    if (moved) this.#moved += 1;
    return moved;
  }

  #keep(row: number, size: number, names: readonly { event: number; id: string }[]): void {
    const kind = this.#batch.kinds[row] ?? 0;
    const receivedAt = this.#batch.receivedAt[row] ?? 0;
    const known = names.filter(({ id }) => !this.#names.take(kind, id, receivedAt));
    for (const { event } of known) this.#repeated.push(event);
    this.#repeats += known.length;
    if (known.length < size) this.#rows.push(row);
    if (known.length > 0) this.#cut(row, size, new Set(known.map(({ event }) => event - this.#event)));
  }

  /** Leaves the known ones out of a row of so many events. */
  #cut(row: number, size: number, known: ReadonlySet<number>): void {
    const body = this.#bodyOf(row);
    if (known.size === size) return this.#shrink(row, 1, body.length);
    const places = Array.from({ length: size }, (_, place) => place).filter((place) => !known.has(place));
    const left = pickJsonElements(body, places);
    this.#bodies.set(row, left);
    this.#shrink(row, 0, body.length - left.length);
  }

  #leaveOut(size: number, counts: boolean): void {
    for (let event = this.#event; event < this.#event + size; event += 1) this.#repeated.push(event);
    if (counts) this.#repeats += size;
  }

  #bodyOf(row: number): Uint8Array {
    const { bodies, bodyEnds } = this.#batch;
    return bodies.subarray(row === 0 ? 0 : bodyEnds[row - 1], bodyEnds[row]);
  }

  #shrink(row: number, rows: number, bytes: number): void {
    const seq = this.#batch.seqs[row] ?? 0;
    const run = this.#runs.find(({ last }) => seq <= last);
    if (run === undefined) return;
    run.rows -= rows;
    run.bytes -= bytes;
  }
}
