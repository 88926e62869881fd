import { describe, expect, it } from 'vitest';
import type { InvoiceCheckpoint, InvoiceCheckpointed } from '../../../src-contract/invoice-store.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { InvoiceCheckpoints } from './invoice-checkpoints.ts';

/** A projection that counts, and a store that answers when it is let, or refuses. */
class Harness {
  readonly clock = new VirtualClock();
  /** What the store took: batch, and how many it was to show. */
  readonly written: [batch: number, show: number | null][] = [];
  readonly failures: (string | null)[] = [];
  refusal: Error | null = null;
  /** While it is set a write waits for it. */
  gate: Promise<void> | null = null;
  readonly projection = {
    batch: 0,
    pending: 0,
    full: false,
    taken: 0,
    takeCheckpoint: (at: number, show: InvoiceCheckpoint['show'] = null): InvoiceCheckpoint | null => {
      const { projection } = this;
      if (projection.taken === projection.batch && show === null) return null;
      projection.taken = projection.batch;
      projection.pending = 0;
      projection.full = false;
      return { env: 'dev', batch: projection.batch, arrived: [], produced: [], invalid: 0, show, at };
    },
  };
  readonly checkpoints = new InvoiceCheckpoints({
    clock: this.clock,
    projection: this.projection,
    write: (checkpoint) => this.#write(checkpoint),
    onWritten: () => undefined,
    onFailure: (error) => this.failures.push(error instanceof Error ? error.message : null),
  });

  /** A batch with so many invoices comes. */
  apply(invoices: number): void {
    this.projection.batch += 1;
    this.projection.pending += invoices;
    this.checkpoints.collected();
  }

  async #write({ batch, show }: InvoiceCheckpoint): Promise<InvoiceCheckpointed> {
    if (this.gate !== null) await this.gate;
    if (this.refusal !== null) throw this.refusal;
    this.written.push([batch, show?.count ?? null]);
    return { newest: 1, shown: show?.count ?? 0, ignored: 0, added: [] };
  }
}

describe('checkpoints of invoices', () => {
  it('are written 100 ms after the first invoice, with all that came meanwhile', async () => {
    const harness = new Harness();
    harness.apply(1);
    await harness.clock.advance(60);
    harness.apply(1);
    await harness.clock.advance(39);
    expect(harness.written).toEqual([]);
    await harness.clock.advance(1);
    expect(harness.written).toEqual([[2, null]]);
  });

  it('are written at once when there are many', async () => {
    const harness = new Harness();
    harness.projection.full = true;
    harness.apply(5000);
    await harness.clock.advance(0);
    expect(harness.written).toEqual([[1, null]]);
  });

  it('keep the position of a journal without invoices once a second', async () => {
    const harness = new Harness();
    harness.apply(0);
    await harness.clock.advance(999);
    expect(harness.written).toEqual([]);
    await harness.clock.advance(5001);
    expect(harness.written).toEqual([[1, null]]);
  });

  it('take what was collected along when some are shown', async () => {
    const harness = new Harness();
    harness.apply(3);
    expect(await harness.checkpoints.show(1, 2)).toBe(2);
    await harness.clock.advance(500);
    expect(harness.written).toEqual([[1, 2]]);
  });

  it('show what was asked for once, when the store takes it again', async () => {
    const harness = new Harness();
    harness.refusal = new Error('disk full');
    let shown: number | null = null;
    void harness.checkpoints.show(1, 2).then((count) => (shown = count));
    await harness.clock.advance(3000);
    harness.apply(1);
    await harness.clock.advance(500);
    expect([shown, harness.failures.at(-1)]).toEqual([null, 'disk full']);
    harness.refusal = null;
    await harness.clock.advance(1000);
    expect(shown).toBe(2);
    expect(harness.failures.at(-1)).toBe(null);
    expect(harness.written).toEqual([
      [0, 2],
      [1, null],
    ]);
  });

  it('are asked for, and answered when all that had come is stored', async () => {
    const harness = new Harness();
    let open = (): void => undefined;
    harness.gate = new Promise((resolve) => (open = resolve));
    harness.apply(1);
    await harness.clock.advance(100);
    harness.apply(1);
    let isStored = false;
    void harness.checkpoints.write().then(() => (isStored = true));
    await harness.clock.advance(100);
    expect(isStored).toBe(false);
    open();
    await harness.clock.advance(0);
    expect([isStored, harness.written]).toEqual([
      true,
      [
        [1, null],
        [2, null],
      ],
    ]);
  });

  it('wait for what has to be alone with the store, and that for them', async () => {
    const harness = new Harness();
    const order: string[] = [];
    harness.apply(1);
    let done = (): void => undefined;
    const work = harness.checkpoints.alone(async () => {
      order.push(`alone after ${harness.written.length}`);
      await new Promise<void>((resolve) => (done = resolve));
      order.push(`alone until ${harness.written.length}`);
    });
    await harness.clock.advance(0);
    harness.apply(1);
    const shown = harness.checkpoints.show(1, 4);
    await harness.clock.advance(300);
    done();
    await work;
    expect(await shown).toBe(4);
    expect(order).toEqual(['alone after 1', 'alone until 1']);
    expect(harness.written).toEqual([
      [1, null],
      [2, 4],
    ]);
  });

  it('go on when what was alone has failed', async () => {
    const harness = new Harness();
    const refused = harness.checkpoints.alone(() => Promise.reject(new Error('no such generation')));
    await expect(refused).rejects.toThrow('no such generation');
    expect(await harness.checkpoints.show(1, 1)).toBe(1);
  });

  it('end with a last one, and leave no timer', async () => {
    const harness = new Harness();
    harness.apply(1);
    await harness.checkpoints.stop();
    expect([harness.written, harness.clock.pending]).toEqual([[[1, null]], 0]);
  });

  it('are refused once it has stopped: nobody would try them again', async () => {
    const harness = new Harness();
    await harness.checkpoints.stop();
    harness.refusal = new Error('disk full');
    const answers: string[] = [];
    const closed = (error: Error): void => void answers.push(error.message);
    harness.checkpoints.show(1, 1).catch(closed);
    harness.checkpoints.write().catch(closed);
    harness.checkpoints.alone(() => Promise.resolve()).catch(closed);
    await harness.clock.advance(60_000);
    expect(answers.filter((answer) => answer.includes('is closed'))).toHaveLength(3);
  });

  it('that the store refuses to the end are given up: they come out of the journal again', async () => {
    const harness = new Harness();
    harness.refusal = new Error('disk full');
    const shown = harness.checkpoints.show(1, 1);
    const told = expect(shown).rejects.toThrow('is closed');
    await harness.clock.advance(0);
    await harness.checkpoints.stop();
    await told;
    expect(harness.clock.pending).toBe(0);
  });
});
