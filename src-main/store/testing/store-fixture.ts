import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PortfolioCheckpoint } from '../../../src-contract/checkpoint.ts';
import type { Log } from '../../lib/log.ts';
import { silentLog } from '../../lib/log.ts';
import { openForReading } from '../database.ts';
import { openWriter } from '../open-writer.ts';
import { databaseFile } from '../prepare-database.ts';
import { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** A store in a folder of its own, on this thread, with a clock that stands still unless a test moves it. */
export interface StoreFixture {
  folder: string;
  writer: Writer;
  reader: Reader;
  setAside: string | null;
  close(): void;
}

/** A folder that nobody else uses; `remove` deletes it. */
export function makeFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-store-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Opens writer and reader of a folder. */
export function openFixture(
  folder: string,
  options: { log?: Log; monotonic?: () => number } = {},
): StoreFixture {
  const { log = silentLog, monotonic = () => 0 } = options;
  const clock = { now: () => Date.UTC(2026, 10, 21, 9, 30), monotonic };
  const { writer, setAside } = openWriter(folder, clock, log);
  const reader = new Reader(openForReading(databaseFile(folder)), clock, log);
  return {
    folder,
    writer,
    reader,
    setAside,
    close() {
      reader.close();
      writer.close();
    },
  };
}

/** The database's files in which a text, or bytes, stand anywhere. */
export function standsInFiles(folder: string, text: string | Buffer): string[] {
  return readdirSync(folder).filter(
    (name) => name.startsWith('pulsedesk.db') && readFileSync(join(folder, name)).includes(text),
  );
}

/** A checkpoint that changes nothing but what is given. */
export function makeCheckpoint(
  env: string,
  batch: number,
  changes: Partial<PortfolioCheckpoint> = {},
): PortfolioCheckpoint {
  return {
    env,
    batch,
    forgets: [],
    portfolios: [],
    quotes: [],
    values: [],
    community: [],
    timeline: [],
    communityEvents: [],
    ...changes,
  };
}
