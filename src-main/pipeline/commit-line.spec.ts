import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Committed, EventBatch } from '../../src-contract/journal.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { BatchBuilder, type ClosedBatch } from './batch-builder.ts';
import { CommitLine, MOST_IN_FLIGHT } from './commit-line.ts';
import { CommitGate } from './stages/commit-gate.ts';

type Fate = 'stored' | 'refused' | 'stored, answer lost';

/** A store like the writer: one batch after the other, none before the one that it follows; `fates` decides the rest. */
class ModelStore {
  readonly offsets: number[] = [];
  readonly asked: number[] = [];
  readonly #fates: Fate[];
  readonly #waiting: (() => void)[] = [];

  constructor(fates: readonly Fate[] = []) {
    this.#fates = [...fates];
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  commit(batch: EventBatch): Promise<Committed> {
    this.asked.push(batch.lastSeq);
    const { promise, resolve, reject } = Promise.withResolvers<Committed>();
    this.#waiting.push(() => {
      const stored = this.offsets.at(-1) ?? 0;
      const fate = this.#fates.shift() ?? 'stored';
      if (batch.follows > stored) return reject(new Error(`${batch.follows} is not stored`));
      if (fate === 'refused') return reject(new Error('disk full'));
      const repeated = batch.lastSeq <= stored;
      if (!repeated) this.offsets.push(batch.lastSeq);
      if (fate === 'stored, answer lost') return reject(new Error('answer lost'));
      resolve({ batch: batch.lastSeq, repeated: repeated ? [0] : null, repeatedRejects: 0, movedRejects: 0 });
    });
    return promise;
  }

  /** Deals with what was asked first; the answer is on its way when this resolves. */
  async work(clock: VirtualClock): Promise<void> {
    this.#waiting.shift()?.();
    await clock.advance(0);
  }
}

function lineTo(store: ModelStore) {
  const clock = new VirtualClock();
  const passedOn: number[] = [];
  const failures: (string | null)[] = [];
  const line = new CommitLine({
    clock,
    gate: new CommitGate({
      clock,
      demand: { min: 1000, max: 1000 },
      mayPass: () => true,
      onChange: () => undefined,
    }),
    commit: (batch) => store.commit(batch),
    retryDelay: () => 100,
    onFailure: (error) => failures.push(error?.message ?? null),
    onCommitted: (_committed, { columns }) => passedOn.push(columns.lastSeq),
    onIdle: () => undefined,
  });
  return { clock, line, passedOn, failures };
}

/** Batches of one event each, with sequences 1, 2, 3 … */
function batches(count: number): ClosedBatch[] {
  const builder = new BatchBuilder({ env: 'dev', source: 'nats', incarnation: 1 }, 1);
  return Array.from({ length: count }, (_, index) => {
    builder.place(Buffer.from('{}'));
    builder.accept(index + 1, 4, { ok: true, body: {}, key: null, occurredAt: 1 }, 2, 1);
    return builder.close();
  });
}

describe('a commit line', () => {
  it('hands over a few batches ahead of the answers, and the next with each answer', async () => {
    const store = new ModelStore();
    const { clock, line } = lineTo(store);
    for (const batch of batches(MOST_IN_FLIGHT + 2)) line.add(batch);
    expect(store.waiting).toBe(MOST_IN_FLIGHT);
    await store.work(clock);
    expect(store.waiting).toBe(MOST_IN_FLIGHT);
    expect(store.asked).toHaveLength(MOST_IN_FLIGHT + 1);
  });

  it('says of every batch which one it follows', () => {
    const follows = batches(3).map(({ columns }) => columns.follows);
    expect(follows).toEqual([0, 1, 2]);
  });

  it('commits those behind a refused batch only after it, and reports its failure alone', async () => {
    const store = new ModelStore(['stored', 'refused']);
    const { clock, line, passedOn, failures } = lineTo(store);
    for (const batch of batches(4)) line.add(batch);
    for (let index = 0; index < 4; index++) await store.work(clock);
    expect(store.offsets).toEqual([1]);
    expect(failures).toEqual(['disk full']);
    await clock.advance(100);
    while (store.waiting > 0) await store.work(clock);
    expect(store.offsets).toEqual([1, 2, 3, 4]);
    expect(passedOn).toEqual([1, 2, 3, 4]);
    expect(failures).toEqual(['disk full', null]);
  });

  it('tries with one batch alone until the store takes it', async () => {
    const store = new ModelStore(['refused', 'stored', 'stored', 'refused']);
    const { clock, line } = lineTo(store);
    for (const batch of batches(3)) line.add(batch);
    for (let index = 0; index < 3; index++) await store.work(clock);
    await clock.advance(100);
    expect(store.asked).toEqual([1, 2, 3, 1]);
    await store.work(clock);
    await clock.advance(100);
    expect(store.asked).toEqual([1, 2, 3, 1, 1]);
    await store.work(clock);
    expect(store.asked).toEqual([1, 2, 3, 1, 1, 2, 3]);
  });

  it('hands nothing more over while a failure is being waited out', async () => {
    const store = new ModelStore(['refused']);
    const { clock, line } = lineTo(store);
    const [first, second] = batches(2);
    line.add(first!);
    await store.work(clock);
    line.add(second!);
    expect(store.waiting).toBe(0);
    await clock.advance(100);
    expect(store.asked).toEqual([1, 1]);
  });

  it('hands nothing more over once one has failed, while others are unanswered', async () => {
    const store = new ModelStore(['refused']);
    const { clock, line } = lineTo(store);
    const [first, second, third] = batches(3);
    line.add(first!);
    line.add(second!);
    await store.work(clock);
    line.add(third!);
    expect(store.asked).toEqual([1, 2]);
  });

  it('asks once more for a batch whose answer was lost, and passes it on before those behind it', async () => {
    const store = new ModelStore(['stored, answer lost']);
    const { clock, line, passedOn } = lineTo(store);
    for (const batch of batches(3)) line.add(batch);
    for (let index = 0; index < 3; index++) await store.work(clock);
    expect(store.offsets).toEqual([1, 2, 3]);
    expect(passedOn).toEqual([]);
    await clock.advance(100);
    await store.work(clock);
    expect(store.asked).toEqual([1, 2, 3, 1]);
    expect(passedOn).toEqual([1, 2, 3]);
  });

  it('gives back whatever is not known to be committed when it stops, and hears no answer after that', async () => {
    const store = new ModelStore();
    const { clock, line, passedOn } = lineTo(store);
    for (const batch of batches(MOST_IN_FLIGHT + 1)) line.add(batch);
    await store.work(clock);
    expect(line.stop()).toHaveLength(MOST_IN_FLIGHT);
    await store.work(clock);
    expect(passedOn).toEqual([1]);
    expect(clock.pending).toBe(0);
  });
});

describe('a commit line before a store that fails at random', () => {
  it('stores and passes on every batch once and in order, and never lets the offset jump', async () => {
    const fate = fc.constantFrom<Fate>('stored', 'stored', 'refused', 'stored, answer lost');
    const step = fc.constantFrom('add' as const, 'work' as const, 'work' as const, 'wait' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 40 }),
        fc.array(step, { maxLength: 80 }),
        async (fates, script) => {
          const store = new ModelStore(fates);
          const { clock, line, passedOn, failures } = lineTo(store);
          const all = batches(script.filter((next) => next === 'add').length);
          let added = 0;
          for (const next of script) {
            if (next === 'add') line.add(all[added++]!);
            else if (next === 'work') await store.work(clock);
            else await clock.advance(100);
            expect(store.waiting).toBeLessThanOrEqual(MOST_IN_FLIGHT);
            expect(store.offsets).toEqual(store.offsets.map((_, index) => index + 1));
            expect(passedOn.length).toBeLessThanOrEqual(store.offsets.length);
          }
          while (!line.isIdle) {
            await store.work(clock);
            await clock.advance(100);
          }
          expect(store.offsets).toEqual(all.map(({ columns }) => columns.lastSeq));
          expect(passedOn).toEqual(store.offsets);
          expect(failures.at(-1) ?? null).toBeNull();
        },
      ),
    );
  });
});
