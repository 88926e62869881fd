import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { openStore } from './open-store.ts';
import { makeBatch } from './testing/batches.ts';
import { makeFolder } from './testing/store-fixture.ts';

let folder: string;
let remove: () => void;

beforeEach(() => {
  ({ folder, remove } = makeFolder());
});

afterEach(() => remove());

describe('openStore on the calling thread', () => {
  it('answers by promises what writer and readers answer', async () => {
    const store = await openStore({ folder, mode: 'inline', clock: systemClock, log: silentLog });
    const stream = await store.writer.openStream({ env: 'dev', source: 'demo', name: 'S', createdAt: 1 }, 1);
    expect(await store.writer.commit(makeBatch(stream, [{ seq: 1 }]))).toMatchObject({ batch: 1 });
    expect(await store.screens.figures()).toMatchObject({ journalRows: 1 });
    expect(await store.jobs.replay('dev', 0, 10)).toHaveLength(1);
    expect(store).toMatchObject({ setAside: null, queue: { size: 0, highWater: 0 } });
    store.onWriterExit(() => undefined)();
    await store.stop();
    await expect(store.writer.settle()).rejects.toMatchObject({ code: 'closed' });
    await expect(store.screens.figures()).rejects.toMatchObject({ code: 'closed' });
    await store.stop();
  });

  it('rejects with what is wrong', async () => {
    const store = await openStore({ folder, mode: 'inline', clock: systemClock, log: silentLog });
    await expect(
      store.writer.openStream({ env: '!', source: 'x', name: 'S', createdAt: 1 }, 1),
    ).rejects.toThrow(RangeError);
    await store.stop();
  });
});
