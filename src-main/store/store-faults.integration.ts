import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolderLockedError, lockDataFolder } from './data-folder-lock.ts';
import type { StoredBatch } from '../../src-contract/journal.ts';
import { ALL_REJECTS, makeBatch } from './testing/batches.ts';
import { makeFolder, openFixture, type StoreFixture } from './testing/store-fixture.ts';

const CHILD = fileURLToPath(new URL('./testing/commit-for-ever.ts', import.meta.url));

let folder: string;
let remove: () => void;
let child: ChildProcess | null = null;

beforeEach(() => {
  ({ folder, remove } = makeFolder());
});

afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
  remove();
});

/** Starts a process that commits for ever, kills it after so many commits, and gives the last offset it told. */
async function commitAndKill(commits: number, meanwhile: () => void = () => undefined): Promise<number> {
  const started = spawn(process.execPath, [CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = started;
  const exited = once(started, 'exit');
  let told = 0;
  let lines = 0;
  for await (const line of createInterface({ input: started.stdout })) {
    told = Number(line);
    lines += 1;
    if (lines === 1) meanwhile();
    if (lines === commits) started.kill('SIGKILL');
  }
  await exited;
  return told;
}

/** Named events and redriven rejects of every round that was told are there once; those of the last all or not at all. */
function expectWholeRounds(
  { reader }: StoreFixture,
  rows: StoredBatch['rows'],
  rounds: number,
  told: number,
): void {
  const names = rows.flatMap(({ kind, body }) => {
    const value: unknown = kind === 7 ? JSON.parse(Buffer.from(body ?? []).toString()) : null;
    return Array.isArray(value) ? (value as string[]) : [];
  });
  expect(new Set(names).size).toBe(names.length);
  expect([rounds * 40, (rounds - 1) * 40]).toContain(names.length);
  expect(names.length).toBeGreaterThanOrEqual(told * 40);
  const marked = reader.rejects('dev', { ...ALL_REJECTS, state: 'redriven' }, 10_000, null).items.length;
  expect([rounds * 5, (rounds - 1) * 5]).toContain(marked);
  expect(marked).toBeGreaterThanOrEqual(told * 5);
  expect(reader.ledgers('dev')).toMatchObject([
    { source: 'http', stored: names.length, rejected: 0 },
    { source: 'nats', stored: rounds * 90 + marked, rejected: rounds * 10 - marked, repeated: 0 },
  ]);
}

describe('a process killed while it commits', () => {
  it('has stored everything it told of, once, and goes on there', async () => {
    for (const commits of [1, 7, 30, 80]) {
      const told = await commitAndKill(commits);
      const store = openFixture(folder);
      const [stream] = store.reader.streams('dev');
      const offset = stream?.storedSeq ?? 0;
      expect(store.setAside).toBeNull();
      expect(offset).toBeGreaterThanOrEqual(told);
      expect(offset % 100).toBe(0);
      const rows = store.reader.replay('dev', 0, 1e9).flatMap((batch) => batch.rows);
      const seqs = rows.flatMap(({ id, kind }) => (kind === 4 ? id % 2 ** 40 : []));
      expect(seqs).toHaveLength(offset * 0.9);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      expectWholeRounds(store, rows, offset / 100, told / 100);
      store.close();
    }
  });

  it('holds its folder while it lives, and no longer', async () => {
    let refusal: unknown;
    await commitAndKill(3, () => {
      try {
        lockDataFolder(folder).release();
      } catch (error) {
        refusal = error;
      }
    });
    expect(refusal).toBeInstanceOf(DataFolderLockedError);
    expect((refusal as DataFolderLockedError).pid).toBe(child?.pid);
    lockDataFolder(folder).release();
  });
});

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'ignore' });
}

/** Mounts a small file system; false where that is not allowed. */
function mountSmallDisk(path: string): boolean {
  mkdirSync(path);
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', path);
    return true;
  } catch {
    return false;
  }
}

describe('a full disk', () => {
  it('refuses batches in words, keeps what was stored, has room for bookkeeping, and heals', ({ skip }) => {
    const disk = join(folder, 'disk');
    if (!mountSmallDisk(disk)) skip('needs the right to mount a tmpfs');
    try {
      writeFileSync(join(disk, 'filler'), Buffer.alloc(30 * 1024 * 1024));
      const store = openFixture(join(disk, 'data'));
      const stream = store.writer.openStream({ env: 'dev', source: 'nats', name: 'S', createdAt: 1 }, 1);
      let seq = 0;
      const commit = (bytes: number): number => {
        const answer = store.writer.commit(makeBatch(stream, [{ seq: seq + 1, body: 'x'.repeat(bytes) }]));
        seq += 1;
        return answer.batch;
      };
      for (const bytes of [500_000, 10_000, 1]) {
        const fill = (): void => {
          for (let batches = 0; batches < 20_000; batches += 1) commit(bytes);
        };
        expect(fill).toThrow(expect.objectContaining({ code: 'disk_full' }));
      }
      expect(() => commit(1)).toThrow(/^disk full/);
      expect(store.reader.figures().journalRows).toBe(seq);
      expect(existsSync(join(disk, 'data', 'reserve'))).toBe(true);
      // The first of them may fit into what is left of pages and log; in the end they need the reserve.
      let noted = 0;
      while (existsSync(join(disk, 'data', 'reserve')) && noted < 5000) {
        store.writer.audit({ actor: 'app', action: 'note', target: 'store', result: 'disk full' }, 1);
        noted += 1;
      }
      expect(existsSync(join(disk, 'data', 'reserve'))).toBe(false);
      expect(store.reader.audit(1000, null).items).toHaveLength(Math.min(1000, noted));
      rmSync(join(disk, 'filler'));
      expect(commit(1_000)).toBe(seq);
      store.writer.settle();
      expect(existsSync(join(disk, 'data', 'reserve'))).toBe(true);
      store.close();
      const again = openFixture(join(disk, 'data'));
      expect(again.reader.replay('dev', seq - 1, 10)[0]?.rows).toHaveLength(1);
      expect(again.reader.figures().journalRows).toBe(seq);
      again.close();
    } finally {
      run('umount', '-l', disk);
    }
  });
});
