import { join } from 'node:path';
import Database from 'better-sqlite3';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import { journalRows } from './journal-rows.ts';

/** The families whose events callers name. */
export type NamedFamily = 'activity.recorded' | 'analytics.event';

/** The events of a family that lie in a journal. */
export interface StoredEvents {
  /** How many, each element of an array for itself. */
  readonly events: number;
  /** Names that are stored more than once, or were never made: the first hundred. */
  readonly wrong: readonly string[];
  /** Whether the event with this number is stored. */
  has(number: number): boolean;
}

const MOST_WRONG = 100;

/**
 * Reads every event of a family from the database, without the app's code. Their names must be those that a run gave:
 * the run, a hyphen and a number.
 */
export function storedEvents(folder: string, env: string, family: NamedFamily, run: string): StoredEvents {
  const database = new Database(join(folder, 'pulsedesk.db'), { readonly: true });
  try {
    const seen = new Marks();
    const wrong: string[] = [];
    let events = 0;
    for (const { kind, body } of journalRows(database, env)) {
      if (kind !== EVENT_KINDS[family]) continue;
      for (const id of namesIn(body?.toString() ?? '[]')) {
        events += 1;
        const number = id.startsWith(`${run}-`) ? Number(id.slice(run.length + 1)) : NaN;
        const fault = Number.isSafeInteger(number)
          ? seen.mark(number)
            ? null
            : 'stored twice'
          : 'never made';
        if (fault !== null && wrong.length < MOST_WRONG) wrong.push(`${id}: ${fault}`);
      }
    }
    return { events, wrong, has: (number) => seen.has(number) };
  } finally {
    database.close();
  }
}

function namesIn(body: string): string[] {
  const stored = JSON.parse(body) as { id?: string } | { id?: string }[];
  return (Array.isArray(stored) ? stored : [stored]).map(({ id }) => id ?? 'an event without a name');
}

/** Which numbers were seen, in a byte each: millions of names as text would not fit. */
class Marks {
  #bytes = new Uint8Array(1 << 16);

  /** Answers whether it is the first time. */
  mark(number: number): boolean {
    while (number >= this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    if (this.has(number)) return false;
    this.#bytes[number] = 1;
    return true;
  }

  has(number: number): boolean {
    return this.#bytes[number] === 1;
  }
}
