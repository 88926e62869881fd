import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { AnsweringWorker } from './answering-worker.ts';
import { CursorError } from './cursor-error.ts';
import { FutureDatabaseError } from './future-database-error.ts';
import { openStore, type Store } from './open-store.ts';
import { openForReading, openForWriting } from './database.ts';
import { databaseFile } from './prepare-database.ts';
import { makeBatch } from './testing/batches.ts';
import { makeFolder, openFixture } from './testing/store-fixture.ts';
import type { ReaderData, StoreThreadName, WriterData } from './thread-messages.ts';
import type { StartThread } from './thread-store.ts';

let folder: string;
let remove: () => void;
let workers: NamedWorker[];
let store: Store | null;

class NamedWorker extends AnsweringWorker {
  readonly name: StoreThreadName;

  constructor(name: StoreThreadName, data: WriterData | ReaderData) {
    super(name, data);
    this.name = name;
  }
}

const start: StartThread = (name, data) => {
  const worker = new NamedWorker(name, data);
  workers.push(worker);
  return worker;
};

beforeEach(() => {
  ({ folder, remove } = makeFolder());
  workers = [];
  store = null;
});

afterEach(async () => {
  await store?.stop();
  remove();
});

async function open(): Promise<Store> {
  store = await openStore({ folder, mode: 'threads', clock: systemClock, log: silentLog, start });
  return store;
}

const MIB = 1024 * 1024;
const THREADS = ['store-writer', 'store-reader', 'store-reader'];
const IDENTITY = { env: 'dev', source: 'nats', name: 'S', createdAt: 1 };

describe('openStore in threads', () => {
  it('commits in the order of the calls, and reads what was committed', async () => {
    const { writer, screens, jobs, queue } = await open();
    const stream = await writer.openStream(IDENTITY, 1);
    const batches = [1, 2, 3, 4].map((part) =>
      makeBatch(stream, [{ seq: part * 2 - 1, key: 'one' }, { seq: part * 2 }]),
    );
    const answers = await Promise.all(batches.map((batch) => writer.commit(batch)));
    expect(answers.map(({ batch }) => batch)).toEqual([1, 2, 3, 4]);
    expect(batches[0]?.seqs).toHaveLength(2);
    expect(queue.highWater).toBe(4);
    expect(await screens.figures()).toMatchObject({ journalRows: 8, synchronous: 'FULL' });
    const bodies = (await jobs.replay('dev', 3, 10)).flatMap(({ rows }) =>
      rows.map(({ body }): unknown => JSON.parse(Buffer.from(body ?? '').toString())),
    );
    expect(bodies).toEqual([{ slug: 'one', seq: 7 }, { seq: 8 }]);
  });

  it('brings errors back as what they were', async () => {
    const { writer, screens } = await open();
    await expect(writer.openStream({ ...IDENTITY, env: '?' }, 1)).rejects.toThrow(RangeError);
    await expect(screens.audit(5, 'junk')).rejects.toThrow(CursorError);
  });

  it('hears of its commits while one thing after the other keeps the event loop from turning', async () => {
    const { writer } = await open();
    const stream = await writer.openStream(IDENTITY, 1);
    const own = openForReading(databaseFile(folder));
    const stored = own.prepare('SELECT stored_seq FROM incarnation').pluck();
    let turned = false;
    setImmediate(() => (turned = true));
    const commits: Promise<unknown>[] = [];
    let [heard, behind] = [0, 0];
    for (let seq = 1; seq <= 50; seq += 1) {
      commits.push(writer.commit(makeBatch(stream, [{ seq }])).then(() => (heard = seq)));
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      behind = Math.max(behind, seq - heard);
      // The answer to the one before was said when this one is in the file.
      for (let looks = 0; stored.get() !== seq; looks += 1)
        if (looks > 1_000_000) throw new Error('no commit');
    }
    own.close();
    expect(turned).toBe(false);
    expect(behind).toBeLessThanOrEqual(2);
    await Promise.all(commits);
  });

  it('answers what was asked before it stops, and leaves no log behind', async () => {
    const opened = await open();
    const stream = await opened.writer.openStream(IDENTITY, 1);
    const answers = [1, 2, 3].map((seq) => opened.writer.commit(makeBatch(stream, [{ seq }])));
    await opened.stop();
    expect((await Promise.all(answers)).map(({ batch }) => batch)).toEqual([1, 2, 3]);
    await expect(opened.writer.settle()).rejects.toThrow("the store's writer was stopped");
    expect(readdirSync(folder).sort()).toEqual(['pulsedesk.db', 'reserve']);
  });

  it('reports the death of its writer, whose calls reject, while readers go on', async () => {
    const opened = await open();
    const deaths: Error[] = [];
    opened.onWriterExit((reason) => deaths.push(reason));
    const waiting = opened.writer.settle();
    waiting.catch(() => undefined);
    await workers[0]?.terminate();
    expect(deaths).toMatchObject([{ code: 'closed' }]);
    await expect(opened.writer.settle()).rejects.toThrow("the store's writer died");
    expect(await opened.screens.figures()).toMatchObject({ journalRows: 0 });
    await opened.stop();
    store = null;
    await open();
  });

  it('starts a reader again that died', async () => {
    const { screens, jobs } = await open();
    await workers[1]?.terminate();
    expect(await screens.figures()).toMatchObject({ journalRows: 0 });
    expect(await jobs.environments()).toEqual([]);
    expect(workers).toHaveLength(4);
  });

  it('folds the log in a thread of its own while it grows, also after that thread has died', async () => {
    const { writer } = await open();
    const stream = await writer.openStream(IDENTITY, 1);
    const filler = 'x'.repeat(60_000);
    let seq = 0;
    const growBy = async (bytes: number): Promise<void> => {
      const until = seq + bytes / filler.length;
      while (seq < until) {
        seq += 1;
        await writer.commit(makeBatch(stream, [{ seq, body: { filler } }]));
      }
      const size = seq * filler.length - 2 * MIB;
      while (statSync(databaseFile(folder)).size < size) await systemClock.sleep(2);
    };
    await growBy(4 * MIB);
    expect(workers.map(({ name }) => name)).toEqual([...THREADS, 'store-fold']);
    await workers.at(-1)?.terminate();
    await growBy(4 * MIB);
    expect(workers.map(({ name }) => name)).toEqual([...THREADS, 'store-fold', 'store-fold']);
    // The writer folds no log of less than 16 MiB.
    expect(statSync(`${databaseFile(folder)}-wal`).size).toBeGreaterThan(0);
    await writer.settle();
    expect(statSync(`${databaseFile(folder)}-wal`).size).toBe(0);
  });

  it('names the damaged file it set aside', async () => {
    writeFileSync(databaseFile(folder), 'damaged'.repeat(2_000));
    const { setAside } = await open();
    expect(setAside).toMatch(/^pulsedesk\.corrupt-\d{8}T\d{6}Z\.db$/);
    expect(existsSync(join(folder, setAside ?? ''))).toBe(true);
  });

  it('refuses a database of a newer version', async () => {
    openFixture(folder).close();
    const db = openForWriting(databaseFile(folder));
    db.pragma('user_version = 999');
    db.close();
    await expect(open()).rejects.toThrow(FutureDatabaseError);
  });
});
