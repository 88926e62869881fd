import type { StreamRecord } from '../../../src-contract/journal.ts';
import { systemClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { lockDataFolder } from '../data-folder-lock.ts';
import { openStore, type Store } from '../open-store.ts';
import { makeBatch, makeReject } from './batches.ts';

type Writer = Store['writer'];

/** The next sequence of a stream that nobody else reads. */
class Sequence {
  #last: number;

  constructor({ storedSeq }: StreamRecord) {
    this.#last = storedSeq;
  }

  take(count: number): number[] {
    return Array.from({ length: count }, () => (this.#last += 1));
  }
}

/** 20 rows of two events, whose names tell the round: repeated like by a caller that got no answer. */
async function commitNamed(
  writer: Writer,
  stream: StreamRecord,
  seqs: Sequence,
  from: number,
): Promise<void> {
  const names = Array.from({ length: 40 }, (_, index) => `${from}.${index}`);
  const events = seqs.take(20).map((seq, row) => ({ seq, kind: 7, body: names.slice(row * 2, row * 2 + 2) }));
  const ids = names.map((id, event) => ({ event, id }));
  await writer.commit(makeBatch(stream, events, { parts: events.map(() => 2), ids }));
}

/** Redrives five of the ten rejects of a round: rejects are numbered as they come. */
async function redriveSome(
  writer: Writer,
  stream: StreamRecord,
  seqs: Sequence,
  from: number,
): Promise<void> {
  const redriven = [1, 2, 3, 4, 5].map((one) => (from - 1) / 10 + one);
  const events = seqs.take(5).map((seq) => ({ seq, kind: 7 }));
  await writer.commit(makeBatch(stream, events, { redriven }));
}

/**
 * Commits rounds to the folder it is given and says each offset, until killed: batches of 100 messages, every tenth a
 * reject, then named events, then redriven rejects. The last round of the process before is tried again first.
 */
async function commitForEver(folder: string): Promise<never> {
  lockDataFolder(folder);
  const { writer } = await openStore({ folder, mode: 'threads', clock: systemClock, log: silentLog });
  const open = (source: string, name: string): Promise<StreamRecord> =>
    writer.openStream({ env: 'dev', source, name, createdAt: 1 }, 1);
  const [stream, named, mended] = [
    await open('nats', 'S'),
    await open('http', 'S'),
    await open('nats', 'redriven'),
  ];
  const [namedSeqs, mendedSeqs] = [new Sequence(named), new Sequence(mended)];
  const finish = async (from: number): Promise<void> => {
    await commitNamed(writer, named, namedSeqs, from);
    await redriveSome(writer, mended, mendedSeqs, from);
  };
  if (stream.storedSeq > 0) await finish(stream.storedSeq - 99);
  for (let from = stream.storedSeq + 1; ; from += 100) {
    const seqs = Array.from({ length: 100 }, (_, index) => from + index);
    const events = seqs.filter((seq) => seq % 10 !== 0).map((seq) => ({ seq }));
    const rejects = seqs.filter((seq) => seq % 10 === 0).map((seq) => makeReject(seq));
    await writer.commit(makeBatch(stream, events, { rejects, lastSeq: from + 99 }));
    await finish(from);
    process.stdout.write(`${from + 99}\n`);
  }
}

await commitForEver(process.argv[2] ?? '');
