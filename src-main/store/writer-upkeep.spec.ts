import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { RESERVE_BYTES } from './reserve-file.ts';
import { makeBatch } from './testing/batches.ts';
import { makeFolder, openFixture } from './testing/store-fixture.ts';

let folder: string;
let remove: () => void;

beforeEach(() => {
  ({ folder, remove } = makeFolder());
});

afterEach(() => remove());

describe('Writer', () => {
  it('keeps a reserve of 8 MiB, and makes it again when it is idle', () => {
    const store = openFixture(folder);
    const reserve = join(folder, 'reserve');
    expect(statSync(reserve).size).toBe(RESERVE_BYTES);
    rmSync(reserve);
    store.writer.settle();
    expect(existsSync(reserve)).toBe(true);
    store.close();
  });

  it('folds the log into the file while idle', () => {
    const store = openFixture(folder);
    const stream = store.writer.openStream({ env: 'dev', source: 'nats', name: 'S', createdAt: 1 }, 1);
    store.writer.commit(makeBatch(stream, [{ seq: 1, body: 'x'.repeat(500_000) }]));
    expect(store.reader.figures().walBytes).toBeGreaterThan(500_000);
    store.writer.settle();
    expect(store.reader.figures().walBytes).toBe(0);
    store.close();
  });

  it('keeps its log under 64 MiB and a batch', () => {
    const store = openFixture(folder);
    const stream = store.writer.openStream({ env: 'dev', source: 'nats', name: 'S', createdAt: 1 }, 1);
    let largest = 0;
    for (let seq = 1; seq <= 60; seq += 1) {
      store.writer.commit(makeBatch(stream, [{ seq, body: 'x'.repeat(4_000_000) }]));
      largest = Math.max(largest, store.reader.figures().walBytes);
    }
    expect(largest).toBeLessThan(72 * 1024 * 1024);
    store.close();
  });

  it('logs calls that took longer than 100 ms, with their names', () => {
    const warn = vi.fn();
    let time = 0;
    const store = openFixture(folder, { log: { ...silentLog, warn }, monotonic: () => (time += 150) });
    store.writer.instanceId('x');
    store.reader.environments();
    store.close();
    expect(warn.mock.calls).toEqual([
      ['a call of the store was slow', { call: 'instanceId', ms: 150 }],
      ['a call of the store was slow', { call: 'environments', ms: 150 }],
    ]);
  });
});
