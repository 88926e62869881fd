import { systemClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { lockDataFolder } from '../data-folder-lock.ts';
import { openStore } from '../open-store.ts';
import { makeBatch, makeReject } from './batches.ts';

/** Commits batches of 100 messages, every tenth a reject, to the folder it is given and says each offset, until killed. */
async function commitForEver(folder: string): Promise<never> {
  lockDataFolder(folder);
  const store = await openStore({ folder, mode: 'threads', clock: systemClock, log: silentLog });
  const identity = { env: 'dev', source: 'nats', name: 'S', createdAt: 1 };
  const stream = await store.writer.openStream(identity, 1);
  for (let from = stream.storedSeq + 1; ; from += 100) {
    const seqs = Array.from({ length: 100 }, (_, index) => from + index);
    const events = seqs.filter((seq) => seq % 10 !== 0).map((seq) => ({ seq }));
    const rejects = seqs.filter((seq) => seq % 10 === 0).map((seq) => makeReject(seq));
    await store.writer.commit(makeBatch(stream, events, { rejects, lastSeq: from + 99 }));
    process.stdout.write(`${from + 99}\n`);
  }
}

await commitForEver(process.argv[2] ?? '');
