import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { FakeWorker } from './testing/fake-worker.ts';
import type { StoreThreadName } from './thread-messages.ts';
import { openThreadStore } from './thread-store.ts';

let workers: { name: StoreThreadName; worker: FakeWorker }[];

beforeEach(() => {
  workers = [];
});

const workerOf = (wanted: StoreThreadName): FakeWorker => {
  const found = workers.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`no thread ${wanted} was started`);
  return found.worker;
};

/** Opens a store whose threads are ready, each once it is started. */
function open() {
  return openThreadStore({
    folder: 'folder',
    clock: new VirtualClock(0),
    log: silentLog,
    start: (name) => {
      const worker = new FakeWorker();
      workers.push({ name, worker });
      queueMicrotask(() => worker.say({ type: 'ready', setAside: null }));
      return worker;
    },
  });
}

/** Lets everything happen that waits for nothing else. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('openThreadStore', () => {
  it('starts what folds the log when the writer says that it grew', async () => {
    await open();
    expect(workers.map(({ name }) => name)).toEqual(['store-writer', 'store-reader', 'store-reader']);
    workerOf('store-writer').say({ type: 'grown' });
    await settled();
    expect(workerOf('store-fold').heard).toEqual([{ type: 'call', id: 1, name: 'fold', args: [] }]);
  });

  it('has the log emptied only when it is not being folded: SQLite would refuse it', async () => {
    const { writer } = await open();
    const thread = workerOf('store-writer');
    thread.say({ type: 'grown' });
    await settled();
    const emptied = writer.settle();
    const kept = writer.audit({ actor: 'app', action: 'a', target: 't', result: 'ok' }, 1);
    await settled();
    expect(thread.heard).toMatchObject([{ name: 'audit' }]);
    workerOf('store-fold').say({ type: 'answer', id: 1, value: { pages: 1, folded: 1 } });
    await settled();
    expect(thread.heard).toMatchObject([{ name: 'audit' }, { name: 'settle' }]);
    thread.say({ type: 'grown' });
    await settled();
    expect(workerOf('store-fold').heard).toHaveLength(1);
    for (const id of [1, 2]) thread.say({ type: 'answer', id, value: undefined });
    await Promise.all([emptied, kept]);
  });

  it('ends what folds the log when that is done, and the writer behind all others', async () => {
    const store = await open();
    workerOf('store-writer').say({ type: 'grown' });
    await settled();
    const stopped = store.stop();
    for (const { name, worker } of workers) if (name === 'store-reader') worker.exit();
    await settled();
    const fold = workerOf('store-fold');
    expect(fold.heard).toHaveLength(1);
    fold.say({ type: 'answer', id: 1, value: { pages: 1, folded: 1 } });
    await settled();
    expect(fold.heard.at(-1)).toEqual({ type: 'stop' });
    expect(workerOf('store-writer').heard).toEqual([]);
    fold.exit();
    await settled();
    expect(workerOf('store-writer').heard).toEqual([{ type: 'stop' }]);
    workerOf('store-writer').exit();
    await stopped;
  });

  it('ends although what folds the log dies while it is asked, or cannot begin', async () => {
    for (const end of ['crash', 'fail'] as const) {
      workers = [];
      const store = await open();
      workerOf('store-writer').say({ type: 'grown' });
      if (end === 'crash') await settled();
      const stopped = store.stop();
      const fold = workerOf('store-fold');
      if (end === 'crash') fold.crash(new Error('out of memory'));
      else fold.exit();
      for (const { name, worker } of workers) if (name === 'store-reader') worker.exit();
      await settled();
      workerOf('store-writer').exit();
      await stopped;
    }
  });
});
