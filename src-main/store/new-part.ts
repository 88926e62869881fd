import type { EventBatch } from '../../src-contract/journal.ts';
import type { Run } from './batch-table.ts';
import type { KnownSequences } from './known-sequences.ts';

/** What of a batch is new. */
export interface NewPart {
  /** Indexes of the new events. */
  events: number[];
  /** Indexes of events stored before; null for none, and then every event is new. */
  repeated: number[] | null;
  /** Indexes of the rejects that may be new. */
  rejects: number[];
  /** The new sequences as ranges that hold nothing stored before. */
  runs: Run[];
  /** Whether its messages on unknown subjects, and those that were confirmed, were not counted before. */
  othersCount: boolean;
  /** Whether something new lies at or below the stream's offset. */
  disordered: boolean;
}

/** All of a batch that begins above the stream's offset. `first` is its lowest sequence. */
export function freshPart(batch: EventBatch, first: number): NewPart {
  const run = { first, last: batch.lastSeq, rows: batch.count, bytes: batch.bodies.byteLength };
  return {
    events: [],
    repeated: null,
    rejects: [...batch.rejects.keys()],
    runs: batch.count + batch.rejects.length === 0 ? [] : [run],
    othersCount: true,
    disordered: false,
  };
}

/** What is new in a batch that begins at or below the stream's offset. */
export function unknownPart(batch: EventBatch, known: KnownSequences, storedSeq: number): NewPart {
  const part: NewPart = {
    events: [],
    repeated: [],
    rejects: [],
    runs: [],
    othersCount: false,
    disordered: false,
  };
  const repeated: number[] = [];
  let passed = -1;
  for (const { seq, event, reject } of inOrder(batch)) {
    if (known.has(seq)) {
      if (event !== null) repeated.push(event);
      continue;
    }
    if (known.passed !== passed) part.runs.push({ first: seq, last: seq, rows: 0, bytes: 0 });
    passed = known.passed;
    const run = part.runs.at(-1);
    if (run !== undefined) extend(run, batch, seq, event);
    if (event !== null) part.events.push(event);
    if (reject !== null) part.rejects.push(reject);
  }
  part.repeated = repeated.length === 0 ? null : repeated;
  part.disordered = part.runs.some((run) => run.first <= storedSeq);
  part.othersCount = part.runs.length > 0 || batch.lastSeq > storedSeq;
  return part;
}

function extend(run: Run, batch: EventBatch, seq: number, event: number | null): void {
  run.last = seq;
  if (event === null) return;
  run.rows += 1;
  run.bytes += (batch.bodyEnds[event] ?? 0) - (event === 0 ? 0 : (batch.bodyEnds[event - 1] ?? 0));
}

interface Item {
  seq: number;
  event: number | null;
  reject: number | null;
}

/** Events and rejects of a batch together, by sequence. */
function inOrder(batch: EventBatch): Item[] {
  const items: Item[] = [];
  for (let index = 0; index < batch.count; index += 1) {
    items.push({ seq: batch.seqs[index] ?? 0, event: index, reject: null });
  }
  for (const [index, { seq }] of batch.rejects.entries()) items.push({ seq, event: null, reject: index });
  return items.sort((a, b) => a.seq - b.seq);
}
