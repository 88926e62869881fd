import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventBatch, StreamRecord } from '../../src-contract/journal.ts';
import { openForReading } from './database.ts';
import { databaseFile } from './prepare-database.ts';
import { ALL_REJECTS } from './testing/batches.ts';
import { batchOf, EventModel, messageAt, type ModelMessage } from './testing/event-model.ts';
import { makeFolder, openFixture, type StoreFixture } from './testing/store-fixture.ts';

const SOURCES = ['http', 'nats'];

/** What may become of a commit: done; undone at its last step, and tried again; done without an answer, and tried again. */
const fate = fc.constantFrom('done' as const, 'done' as const, 'undone' as const, 'unanswered' as const);
const span = fc.record({
  act: fc.constant('read' as const),
  source: fc.integer({ min: 0, max: 1 }),
  from: fc.integer({ min: 1, max: 60 }),
  length: fc.integer({ min: 1, max: 25 }),
  fate,
});
const redrive = fc.record({
  act: fc.constant('redrive' as const),
  source: fc.integer({ min: 0, max: 1 }),
  /** Which of the rejects so far, and how many events each is made into. */
  rejects: fc.array(fc.record({ pick: fc.nat(40), size: fc.integer({ min: 1, max: 3 }), name: fc.nat(60) }), {
    minLength: 1,
    maxLength: 6,
  }),
  fate,
});
const step = fc.oneof({ weight: 2, arbitrary: span }, { weight: 1, arbitrary: redrive });
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type Redrive = Extract<Step, { act: 'redrive' }>;

/** A store and the model beside it, through the same steps. */
class World {
  readonly #store: StoreFixture;
  readonly #streams: StreamRecord[];
  readonly #redriven: StreamRecord[];
  readonly #next = [1, 1];
  readonly #open = new Set<number>();
  readonly #known = new Set<number>();
  readonly model: EventModel = new EventModel(this.#open);

  constructor(store: StoreFixture) {
    this.#store = store;
    const open = (source: string, name: string): StreamRecord =>
      store.writer.openStream({ env: 'dev', source, name, createdAt: 1 }, 1);
    this.#streams = SOURCES.map((source) => open(source, 'events'));
    this.#redriven = SOURCES.map((source) => open(source, 'redriven'));
  }

  run(one: Step): void {
    const [stream, messages, lastSeq] = one.act === 'read' ? this.#read(one) : this.#redrive(one);
    const batch = batchOf(stream, messages, lastSeq);
    if (one.fate === 'undone') this.#fail(batch);
    this.#commit(stream, messages, batch);
    if (one.fate === 'unanswered') this.#commit(stream, messages, batch);
    this.#learnRejects();
  }

  #commit(stream: StreamRecord, messages: ModelMessage[], batch: EventBatch): void {
    const { batch: _number, ...answer } = this.#store.writer.commit(batch);
    expect(answer).toEqual(this.model.commit(stream, messages));
  }

  /** Fails at the last thing that a commit does, when all else of it is in the transaction. */
  #fail(batch: EventBatch): void {
    const broken = {
      ...batch,
      others: [{ subject: 'a', count: Number.NaN }],
      lastSeq: batch.lastSeq + 1_000,
    };
    expect(() => this.#store.writer.commit(broken)).toThrow();
  }

  #read({ source, from, length }: Extract<Step, { act: 'read' }>): [StreamRecord, ModelMessage[], number] {
    const stream = this.#streams[source]!;
    const last = from + length - 1;
    const messages = Array.from({ length }, (_, index) => messageAt(stream, from + index));
    return [stream, messages, last];
  }

  #redrive({ source, rejects }: Redrive): [StreamRecord, ModelMessage[], number] {
    const stream = this.#redriven[source]!;
    const own = this.#rejectsOf(SOURCES[source]!);
    const messages = rejects.map(({ pick, size, name }) => {
      const seq = this.#next[source]!++;
      const events = Array.from({ length: size }, (_, part) => ({
        token: `${stream.incarnation}/${seq}.${part}`,
        id: part === 0 ? `name ${name}` : null,
      }));
      // One that is not there is like one that is no longer kept.
      return { seq, events, rejects: [], redriven: own[pick] ?? 1_000_000 };
    });
    return [stream, messages, this.#next[source]! - 1];
  }

  #rejectsOf(source: string): number[] {
    const filter = { ...ALL_REJECTS, source };
    return this.#store.reader.rejects('dev', filter, 10_000, null).items.map(({ id }) => id);
  }

  #learnRejects(): void {
    for (const { id } of this.#store.reader.rejects('dev', ALL_REJECTS, 10_000, null).items) {
      if (!this.#known.has(id)) this.#open.add(id);
      this.#known.add(id);
    }
  }

  get openRejects(): number {
    return this.#open.size;
  }
}

/** What batches say of their rows is what replay goes by. */
function sumsOf(folder: string, sql: string): unknown {
  const db = openForReading(databaseFile(folder));
  const { rows, bytes } = db.prepare<[], { rows: number | null; bytes: number | null }>(sql).get()!;
  db.close();
  return { rows: rows ?? 0, bytes: bytes ?? 0 };
}

describe('packed messages, names and redriven rejects, overlapping, undone, repeated and out of order', () => {
  it('are stored once, and the ledger of each source adds up as a model does', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
        const { folder, remove } = makeFolder();
        const store = openFixture(folder);
        const world = new World(store);
        for (const one of steps) world.run(one);
        const { model } = world;
        const { reader } = store;
        for (const [source, ledger] of model.ledgers) {
          expect(reader.ledgers('dev').find((one) => one.source === source)).toMatchObject(ledger);
        }
        const sums = [...model.ledgers.values()].map(
          ({ stored, repeated, rejected }) => stored + repeated + rejected,
        );
        expect(sums.reduce((sum, one) => sum + one, 0)).toBe(model.received);
        const rows = reader.replay('dev', 0, 1_000_000).flatMap((batch) => batch.rows);
        expect(
          rows.map(({ id, body }) => ({
            id,
            tokens: JSON.parse(Buffer.from(body ?? []).toString()) as unknown,
          })),
        ).toEqual(model.rows);
        expect(reader.figures().journalRows).toBe(model.rows.length);
        expect(sumsOf(folder, 'SELECT sum(rows) AS rows, sum(bytes) AS bytes FROM batch')).toEqual(
          sumsOf(folder, 'SELECT sum(rows) AS rows, sum(length(bodies)) AS bytes FROM journal_block'),
        );
        const open = { ...ALL_REJECTS, state: 'open' as const };
        expect(reader.rejects('dev', open, 10_000, null).items).toHaveLength(world.openRejects);
        store.close();
        remove();
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
