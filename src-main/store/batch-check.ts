import type { EventBatch } from '../../src-contract/journal.ts';
import { StoreFailure } from './store-failure.ts';
import type { StreamRow } from './stream-table.ts';

const SEQUENCES = 2 ** 40;

/** Throws a RangeError when a batch contradicts itself or the stream that it says it came from. */
export function assertFits(batch: EventBatch, stream: StreamRow): void {
  if (batch.env !== stream.envName || batch.source !== stream.source) {
    throw new RangeError(
      `incarnation ${stream.id} belongs to ${stream.source} in ${stream.envName}, not to ${batch.source} in ${batch.env}`,
    );
  }
  if (!Number.isSafeInteger(batch.lastSeq) || batch.lastSeq < 0 || batch.lastSeq >= SEQUENCES) {
    throw new RangeError(`the offset of a batch is an integer from 0 to 2^40 - 1, not ${batch.lastSeq}`);
  }
  assertColumns(batch);
  assertEvents(batch);
  assertRising(batch.seqs.subarray(0, batch.count), batch.lastSeq);
  assertRejectsRising(batch);
}

/** Throws a StoreFailure when the batch before this one is not stored: the offset would jump over its events. */
export function assertFollows({ follows }: EventBatch, { storedSeq, name }: StreamRow): void {
  if (storedSeq >= follows) return;
  throw new StoreFailure(
    'order',
    `the batch follows sequence ${follows} of ${name}, of which only ${storedSeq} is stored`,
  );
}

function assertColumns(batch: EventBatch): void {
  const { count } = batch;
  const shortest = Math.min(
    batch.seqs.length,
    batch.kinds.length,
    batch.occurredAt.length,
    batch.receivedAt.length,
    batch.keys?.length ?? count,
    batch.bodyEnds.length,
  );
  if (shortest < count) throw new RangeError(`a batch of ${count} events has a column of ${shortest}`);
  const end = count === 0 ? 0 : batch.bodyEnds[count - 1];
  if (end !== batch.bodies.byteLength) {
    throw new RangeError(`the bodies of a batch end at ${end} but have ${batch.bodies.byteLength} bytes`);
  }
}

/** What only some batches have: packed rows, names, and rejects that rows were made of. */
function assertEvents({ count, parts, ids, redriven }: EventBatch): void {
  if (redriven !== null && redriven.length !== count) {
    throw new RangeError(`a batch of ${count} rows was made of ${redriven.length} rejects`);
  }
  if (parts !== null && (parts.length < count || parts.subarray(0, count).includes(0))) {
    throw new RangeError(`each of the ${count} rows of a batch holds at least one event`);
  }
  if (ids === null) return;
  const events = parts === null ? count : parts.subarray(0, count).reduce((sum, size) => sum + size, 0);
  let before = -1;
  for (const { event } of ids) {
    if (!(event > before && event < events)) {
      throw new RangeError(`names are of rising events below ${events}, but ${event} follows ${before}`);
    }
    before = event;
  }
}

function assertRejectsRising({ rejects, lastSeq }: EventBatch): void {
  const firsts = rejects.filter(({ seq, part }, index) => {
    const before = rejects[index - 1];
    if (before?.seq !== seq) return true;
    if (part > before.part) return false;
    throw new RangeError(`parts of a rejected message rise, but ${part} follows ${before.part}`);
  });
  assertRising(
    firsts.map(({ seq }) => seq),
    lastSeq,
  );
}

function assertRising(seqs: ArrayLike<number>, last: number): void {
  let before = 0;
  for (let index = 0; index < seqs.length; index += 1) {
    const seq = seqs[index] as number;
    if (!(seq > before)) throw new RangeError(`sequences rise from 1, but ${seq} follows ${before}`);
    before = seq;
  }
  if (before > last)
    throw new RangeError(`the sequence ${before} lies above the offset ${last} of its batch`);
}
