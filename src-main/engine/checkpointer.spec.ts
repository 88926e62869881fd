import { describe, expect, it } from 'vitest';
import type { PortfolioCheckpoint } from '../../src-contract/checkpoint.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { makeCheckpoint } from '../store/testing/store-fixture.ts';
import { Checkpointer } from './checkpointer.ts';

class Harness {
  readonly clock = new VirtualClock(0);
  readonly due: PortfolioCheckpoint[] = [];
  readonly written: number[] = [];
  readonly failures: (string | null)[] = [];
  readonly forgotten: string[] = [];
  taken = 0;
  refusal: string | null = null;
  /** While set, writing waits for it. */
  gate: Promise<void> = Promise.resolve();
  readonly checkpointer = new Checkpointer<PortfolioCheckpoint>({
    clock: this.clock,
    take: () => {
      this.taken++;
      return this.due.shift() ?? null;
    },
    write: async (checkpoint) => {
      await this.gate;
      if (this.refusal !== null) throw new Error(this.refusal);
      this.written.push(checkpoint.batch);
    },
    onWritten: ({ forgets }) => void this.forgotten.push(...forgets.map(({ slug }) => slug)),
    onFailure: (error) => this.failures.push(error instanceof Error ? error.message : null),
  });
}

describe('the checkpointer', () => {
  it('writes what changed every second, and nothing when nothing did', async () => {
    const harness = new Harness();
    harness.due.push(makeCheckpoint('dev', 1), makeCheckpoint('dev', 2));
    await harness.clock.advance(999);
    expect(harness.written).toEqual([]);
    await harness.clock.advance(2001);
    expect(harness.written).toEqual([1, 2]);
    expect(harness.taken).toBe(3);
  });

  it('writes a refused checkpoint again before the next is taken, so that none is lost', async () => {
    const harness = new Harness();
    harness.due.push(makeCheckpoint('dev', 1), makeCheckpoint('dev', 2));
    harness.refusal = 'disk full';
    await harness.clock.advance(3000);
    expect([harness.written, harness.taken]).toEqual([[], 1]);
    harness.refusal = null;
    await harness.clock.advance(2000);
    expect(harness.written).toEqual([1, 2]);
    expect(harness.failures).toEqual(['disk full', 'disk full', 'disk full', null]);
  });

  it('asks for redaction only once the checkpoint that forgets is written', async () => {
    const harness = new Harness();
    harness.due.push(makeCheckpoint('dev', 1, { forgets: [{ slug: 'a', id: 1, receivedAt: 1 }] }));
    harness.refusal = 'disk full';
    await harness.clock.advance(1000);
    expect([harness.forgotten, harness.checkpointer.unwritten?.batch]).toEqual([[], 1]);
    harness.refusal = null;
    await harness.clock.advance(1000);
    expect([harness.forgotten, harness.checkpointer.unwritten]).toEqual([['a'], null]);
  });

  it('takes no second checkpoint while one is being written', async () => {
    const harness = new Harness();
    const gate = Promise.withResolvers<undefined>();
    harness.gate = gate.promise;
    harness.due.push(makeCheckpoint('dev', 1), makeCheckpoint('dev', 2));
    await harness.clock.advance(5000);
    expect(harness.taken).toBe(1);
    gate.resolve(undefined);
    await harness.clock.advance(1000);
    expect(harness.written).toEqual([1, 2]);
  });

  it('writes the last changes when it stops, and holds no timer then', async () => {
    const harness = new Harness();
    harness.due.push(makeCheckpoint('dev', 1));
    await harness.checkpointer.stop();
    expect(harness.written).toEqual([1]);
    expect(harness.clock.pending).toBe(0);
  });

  it('stops even when the store refuses: the journal has what is missing', async () => {
    const harness = new Harness();
    harness.refusal = 'gone';
    harness.due.push(makeCheckpoint('dev', 1));
    await harness.checkpointer.stop();
    expect(harness.failures).toEqual(['gone']);
  });

  it('flushes what was refused and what came since, and says whether that is written', async () => {
    const harness = new Harness();
    harness.due.push(makeCheckpoint('dev', 1), makeCheckpoint('dev', 2));
    harness.refusal = 'disk full';
    expect(await harness.checkpointer.flush()).toBe(false);
    harness.refusal = null;
    expect(await harness.checkpointer.flush()).toBe(true);
    expect(harness.written).toEqual([1, 2]);
  });

  it('flushed twice at once says of both that it is written', async () => {
    const harness = new Harness();
    harness.due.push(makeCheckpoint('dev', 1), makeCheckpoint('dev', 2));
    expect(await Promise.all([harness.checkpointer.flush(), harness.checkpointer.flush()])).toEqual([
      true,
      true,
    ]);
    expect(harness.written).toEqual([1, 2]);
  });

  it('does not write soon while it writes', async () => {
    const harness = new Harness();
    const gate = Promise.withResolvers<undefined>();
    harness.gate = gate.promise;
    harness.due.push(makeCheckpoint('dev', 1), makeCheckpoint('dev', 2));
    harness.checkpointer.writeSoon();
    await harness.clock.advance(0);
    harness.checkpointer.writeSoon();
    await harness.clock.advance(0);
    expect(harness.taken).toBe(1);
    gate.resolve(undefined);
  });
});
