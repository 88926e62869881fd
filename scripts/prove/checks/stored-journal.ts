import { join } from 'node:path';
import Database from 'better-sqlite3';
import { journalPosition } from '../../../src-contract/journal.ts';
import { counted, nothingWrong, type Finding } from '../finding.ts';
import type { Traffic } from '../model/mixed-traffic.ts';
import { fated } from '../model/mixed-traffic.ts';
import { journalRows } from './journal-rows.ts';

interface IncarnationRow {
  id: number;
  env: string;
  name: string;
  storedSeq: number;
  stored: number;
  repeated: number;
  rejected: number;
  other: number;
}

/** A journal as it lies in the database, read without the app's code. */
class StoredJournal {
  readonly #database: Database.Database;

  constructor(folder: string) {
    this.#database = new Database(join(folder, 'pulsedesk.db'), { readonly: true });
  }

  close(): void {
    this.#database.close();
  }

  /** How many rows, rejects and other messages an environment's streams have, by their rows. */
  counts(env: string): { rows: number; rejects: number } {
    const rows = this.#database
      .prepare<[string], { n: number | null }>(
        `SELECT sum(b.rows) AS n FROM journal_block b JOIN incarnation i ON i.id = b.id / (1 << 40)
          JOIN environment e ON e.id = i.env WHERE e.name = ?`,
      )
      .get(env);
    const rejects = this.#database
      .prepare<[string], { n: number }>(
        'SELECT count(*) AS n FROM reject r JOIN environment e ON e.id = r.env WHERE e.name = ?',
      )
      .get(env);
    return { rows: rows?.n ?? 0, rejects: rejects?.n ?? 0 };
  }

  /** The incarnations that a source gave an environment, oldest first. */
  incarnations(env: string, source = 'nats'): IncarnationRow[] {
    return this.#database
      .prepare<[string, string], IncarnationRow>(
        `SELECT i.id, e.name AS env, i.name, stored_seq AS storedSeq, stored, repeated, rejected, other
          FROM incarnation i JOIN environment e ON e.id = i.env
          WHERE e.name = ? AND i.source = ? ORDER BY i.id`,
      )
      .all(env, source);
  }

  /** How many prices an environment's journal holds, and which of them, by symbol and time, it holds more than once. */
  ticksStoredTwice(env: string): { looked: number; wrong: string[] } {
    const times = new Map<string, number>();
    for (const { occurredAt, body } of journalRows(this.#database, env)) {
      const { symbol } = JSON.parse(body?.toString() ?? '{}') as { symbol?: unknown };
      const tick = `${String(symbol)} at ${occurredAt}`;
      times.set(tick, (times.get(tick) ?? 0) + 1);
    }
    const twice = [...times].filter(([, count]) => count > 1);
    return { looked: times.size, wrong: twice.map(([tick, count]) => `${tick}: ${count} times`) };
  }

  /** How many opt-outs still wait for their traces to be wiped out. */
  get redactionsWaiting(): number {
    const waiting = this.#database.prepare<[], { n: number }>('SELECT count(*) AS n FROM redaction').get();
    return waiting?.n ?? 0;
  }

  /** Whether an environment holds just what was published into its one stream. */
  holdsJust(env: string, traffic: Traffic): Finding[] {
    const streams = this.incarnations(env);
    const { rows, rejects } = this.counts(env);
    return [
      counted('streams stored', streams.length, 1),
      counted('journal rows', rows, fated(traffic, 'event')),
      counted('reject rows', rejects, fated(traffic, 'reject')),
      ...this.holds(streams[0], traffic),
    ];
  }

  /** Whether an incarnation holds just what was published into it: every event once, nothing else. */
  holds(stream: IncarnationRow | undefined, traffic: Traffic): Finding[] {
    if (stream === undefined) return [counted('streams stored', 0, 1)];
    const { messages } = traffic;
    return [
      counted('stored offset equals the last sequence', stream.storedSeq, messages.length),
      counted('events counted', stream.stored, fated(traffic, 'event')),
      counted('rejects counted', stream.rejected, fated(traffic, 'reject')),
      counted('others counted', stream.other, fated(traffic, 'other')),
      nothingWrong('messages stored once, as published', messages.length, this.#faults(stream, traffic)),
    ];
  }

  #faults({ id: incarnation, env }: IncarnationRow, { messages }: Traffic): string[] {
    const faults: string[] = [];
    const missing = new Set(messages.flatMap(({ fate }, index) => (fate === 'event' ? [index + 1] : [])));
    for (const { id, place, body } of journalRows(this.#database, env)) {
      const position = journalPosition(id);
      if (position.incarnation !== incarnation) continue;
      if (!missing.delete(position.seq)) faults.push(`${position.seq} is stored and should not be`);
      const published = messages[position.seq - 1]?.body;
      // What somebody opted out of is emptied later; that it should have been is for another point.
      const redacted = body === null && place !== null;
      if (!redacted && body?.toString() !== published)
        faults.push(`${position.seq} is stored as another body`);
    }
    return [...faults, ...[...missing].map((seq) => `${seq} is missing`)];
  }
}

/** Looks into the journal of a folder, whether its host is running or not, and closes it again. */
export function looking<T>(folder: string, look: (journal: StoredJournal) => T): T {
  const journal = new StoredJournal(folder);
  try {
    return look(journal);
  } finally {
    journal.close();
  }
}
