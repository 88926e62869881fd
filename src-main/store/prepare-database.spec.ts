import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { assertFullSync, openForReading, openForWriting, synchronousMode } from './database.ts';
import { FutureDatabaseError } from './future-database-error.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations } from './migrations/migrations.ts';
import { databaseFile, prepareDatabase } from './prepare-database.ts';
import { makeBatch } from './testing/batches.ts';
import { makeFolder, openFixture } from './testing/store-fixture.ts';

let folder: string;
let remove: () => void;
let now = Date.UTC(2026, 10, 21, 9, 30);

beforeEach(() => {
  ({ folder, remove } = makeFolder());
});

afterEach(() => remove());

const clock = { now: () => now };
const prepare = (steps?: readonly Migration[]) => prepareDatabase(folder, clock, silentLog, steps);
const files = (part: string) => readdirSync(folder).filter((name) => name.includes(part));

/** A database with events in it, closed cleanly. */
function fill(count = 500): void {
  const store = openFixture(folder);
  const stream = store.writer.openStream({ env: 'dev', source: 'nats', name: 'S', createdAt: 1 }, 1);
  const events = Array.from({ length: count }, (_, index) => ({ seq: index + 1, body: 'x'.repeat(300) }));
  store.writer.commit(makeBatch(stream, events));
  store.close();
}

describe('prepareDatabase', () => {
  it('opens in WAL mode with full synchronisation, which holds after the first write', () => {
    const { db } = prepare();
    db.exec('UPDATE figure SET aged_batch = 0');
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(synchronousMode(db)).toBe('FULL');
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('secure_delete', { simple: true })).toBe(1);
    assertFullSync(db);
    db.close();
  });

  it('makes the folder, and finds what it made', () => {
    folder = join(folder, 'deeper', 'data');
    fill(3);
    const store = openFixture(folder);
    expect(store.reader.figures().journalRows).toBe(3);
    expect(store.setAside).toBeNull();
    store.close();
  });

  it('leaves nothing in the log when it is closed', () => {
    fill();
    expect(files('-wal')).toEqual([]);
  });

  it('refuses a database of a newer version and leaves every byte as it is', () => {
    fill();
    const db = openForWriting(databaseFile(folder));
    db.pragma(`user_version = ${migrations.length + 1}`);
    db.close();
    const before = readFileSync(databaseFile(folder));
    expect(() => prepare()).toThrow(FutureDatabaseError);
    expect(() => prepare()).toThrow(
      new RegExp(`schema version ${migrations.length + 1}, and .* up to ${migrations.length}`),
    );
    expect(readFileSync(databaseFile(folder)).equals(before)).toBe(true);
    expect(files('corrupt')).toEqual([]);
  });

  it.each([
    [
      'no database at all',
      () => writeFileSync(databaseFile(folder), 'this is a text file, and a rather long one'.repeat(50)),
    ],
    ['cut in half', () => truncateSync(databaseFile(folder), 40_960)],
    [
      'overwritten in the middle',
      () => {
        const bytes = readFileSync(databaseFile(folder));
        bytes.fill(0xaa, 4096 * 10, 4096 * 25);
        writeFileSync(databaseFile(folder), bytes);
      },
    ],
  ])('sets a file aside that is %s, and makes a new one', (_, damage) => {
    fill();
    damage();
    const damaged = readFileSync(databaseFile(folder));
    const { db, setAside } = prepare();
    expect(setAside).toBe('pulsedesk.corrupt-20261121T093000Z.db');
    expect(readFileSync(join(folder, setAside ?? '')).equals(damaged)).toBe(true);
    expect(db.prepare('SELECT coalesce(sum(rows), 0) FROM journal_block').pluck().get()).toBe(0);
    db.close();
  });

  it('sets a second damaged file aside under another name, and its log with it', () => {
    for (const expected of [
      'pulsedesk.corrupt-20261121T093000Z.db',
      'pulsedesk.corrupt-20261121T093000Z-2.db',
    ]) {
      writeFileSync(databaseFile(folder), 'nothing'.repeat(1_000));
      writeFileSync(`${databaseFile(folder)}-wal`, 'log');
      const { db, setAside } = prepare();
      db.close();
      expect(setAside).toBe(expected);
      expect(existsSync(join(folder, `${expected}-wal`))).toBe(true);
    }
  });
});

describe('migrations', () => {
  it('are numbered without a gap, and refused when they are not', () => {
    const [first, ...rest] = migrations;
    expect(() => prepare([...rest, ...(first === undefined ? [] : [first])])).toThrow(/number 1 but says 2/);
  });

  it.each(migrations.slice(1).map((step) => [step.version, step.title]))(
    'version %i (%s) keeps the rows of the version before',
    (version) => {
      const { db } = prepare(migrations.slice(0, version - 1));
      db.exec(`
        INSERT INTO environment (name) VALUES ('dev');
        INSERT INTO incarnation (env, source, name, created_at, opened_at, stored_seq, stored)
          VALUES (1, 'nats', 'S', 1, 1, 7, 2);
        INSERT INTO journal (id, kind, occurred_at, received_at, body)
          VALUES (1099511627777, 4, 10, 11, CAST('{}' AS BLOB)), (1099511627783, 4, 20, 21, CAST('{}' AS BLOB));
        INSERT INTO batch VALUES (1, 1, 1, 1, 7, 2, 4, 21);
      `);
      db.close();
      prepare(migrations.slice(0, version)).db.close();
      const store = openFixture(folder);
      expect(store.reader.figures()).toMatchObject({
        journalRows: 2,
        oldestEventAt: 10,
        schemaVersion: migrations.length,
      });
      expect(store.reader.replay('dev', 0, 10)[0]?.rows.map(({ id }) => id)).toEqual([
        1099511627777, 1099511627783,
      ]);
      expect(store.reader.streams('dev')[0]?.storedSeq).toBe(7);
      expect(store.reader.ledgers('dev')[0]).toMatchObject({ stored: 2, rejected: 0 });
      store.close();
    },
  );

  it('copy a database that has rows before they change it, and keep the last two copies', () => {
    fill();
    const table = (version: number): Migration => ({
      version,
      title: `table ${version}`,
      up: (db) => db.exec(`CREATE TABLE extra_${version} (id INTEGER PRIMARY KEY) STRICT`),
    });
    const steps = [...migrations];
    for (let more = 1; more <= 3; more += 1) {
      steps.push(table(migrations.length + more));
      now += 60_000;
      prepare(steps).db.close();
    }
    const copies = files('before-migration').sort();
    expect(copies).toEqual([
      `pulsedesk.before-migration-20261121T093200Z-v${migrations.length + 1}.db`,
      `pulsedesk.before-migration-20261121T093300Z-v${migrations.length + 2}.db`,
    ]);
    const copy = openForReading(join(folder, copies[0] ?? ''));
    expect(copy.prepare('SELECT coalesce(sum(rows), 0) FROM journal_block').pluck().get()).toBe(500);
    copy.close();
  });

  it('undo a step that fails, and leave the version before', () => {
    fill();
    const broken: Migration = {
      version: migrations.length + 1,
      title: 'broken',
      up(db) {
        db.exec('CREATE TABLE half (id INTEGER PRIMARY KEY)');
        db.exec('CREATE TABLE half (id INTEGER PRIMARY KEY)');
      },
    };
    expect(() => prepare([...migrations, broken])).toThrow(/already exists/);
    const { db, setAside } = prepare();
    expect(setAside).toBeNull();
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
    db.close();
  });

  it('restore from such a copy by putting it in place', () => {
    fill();
    const { db } = prepare();
    const copy = join(folder, 'copy.db');
    db.prepare('VACUUM INTO ?').run(copy);
    db.close();
    const other = join(folder, 'other');
    mkdirSync(other);
    copyFileSync(copy, databaseFile(other));
    const store = openFixture(other);
    expect(store.reader.replay('dev', 0, 1_000)[0]?.rows).toHaveLength(500);
    store.close();
  });
});
