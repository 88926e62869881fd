import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForFolding, openForReading } from './database.ts';
import { LogFold } from './log-fold.ts';
import { databaseFile } from './prepare-database.ts';
import { makeBatch } from './testing/batches.ts';
import { makeFolder, openFixture, type StoreFixture } from './testing/store-fixture.ts';

let folder: string;
let remove: () => void;
let fixture: StoreFixture;
let fold: LogFold;
let next: number;

beforeEach(() => {
  ({ folder, remove } = makeFolder());
  fixture = openFixture(folder);
  fold = new LogFold(openForFolding(databaseFile(folder)));
  next = 1;
});

afterEach(() => {
  fold.close();
  fixture.close();
  remove();
});

/** Stores an event with a word in its body. */
function store(word: string): void {
  const stream = fixture.writer.openStream({ env: 'dev', source: 'nats', name: 'S', createdAt: 1 }, 1);
  fixture.writer.commit(makeBatch(stream, [{ seq: next, body: { word } }]));
  next += 1;
}

const standsInFile = (word: string): boolean => readFileSync(databaseFile(folder)).includes(word);

describe('LogFold', () => {
  it('brings into the file what was committed, beside an open writer', () => {
    store('rhubarb');
    expect(standsInFile('rhubarb')).toBe(false);
    const { pages, folded } = fold.fold();
    expect(pages).toBeGreaterThan(0);
    expect(folded).toBe(pages);
    expect(standsInFile('rhubarb')).toBe(true);
    store('custard');
    expect(fold.fold()).toMatchObject({ pages: expect.any(Number) as number });
    expect(standsInFile('custard')).toBe(true);
  });

  it('leaves in the log what somebody still reads an older state of, without waiting', () => {
    store('plum');
    const reader = openForReading(databaseFile(folder));
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM journal_block').get();
    store('medlar');
    const { pages, folded } = fold.fold();
    expect(folded).toBeLessThan(pages);
    expect(standsInFile('medlar')).toBe(false);
    reader.exec('COMMIT');
    reader.close();
    fold.fold();
    expect(standsInFile('medlar')).toBe(true);
  });

  it('can write nothing else', () => {
    const db = openForFolding(databaseFile(folder));
    expect(() => db.exec('DELETE FROM audit')).toThrow(/readonly/);
    db.close();
  });

  it('says in words why it cannot', () => {
    const db = openForFolding(databaseFile(folder));
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM journal_block').get();
    expect(() => new LogFold(db).fold()).toThrow(/holds the database/);
    db.close();
  });
});
