import { describe, expect, it } from 'vitest';
import type { InvoiceQuery } from '../../../src-contract/invoice-store.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { InvoiceOrders } from './invoice-orders.ts';

const query = (sort: string): InvoiceQuery => ({ env: 'dev', generation: 1, filter: {}, sort, asOf: 9 });

/** A reader that needs three steps for an order. */
class Harness {
  readonly clock = new VirtualClock();
  readonly calls: string[] = [];
  readonly kept = new Map<string, number>();
  refusal: Error | null = null;
  /** Steps under way, to be refused one by one; null: they are answered at once. */
  held: ((refusal: Error) => void)[] | null = null;
  readonly orders = new InvoiceOrders({
    clock: this.clock,
    reader: {
      beginInvoiceOrder: async ({ sort }) => {
        this.calls.push(`begin ${sort}`);
        const id = `order-${this.calls.length}`;
        this.kept.set(id, 0);
        return id;
      },
      stepInvoiceOrder: async (id) => {
        if (this.refusal !== null) throw this.refusal;
        const { held } = this;
        if (held !== null) await new Promise<never>((_, reject) => held.push(reject));
        const steps = (this.kept.get(id) ?? 0) + 1;
        this.kept.set(id, steps);
        return { ready: steps >= 3, progress: Math.min(1, steps / 3), rows: steps * 10 };
      },
      invoiceOrderRows: async () => [],
      dropInvoiceOrder: async (id) => {
        this.calls.push(`drop ${id}`);
        this.kept.delete(id);
      },
    },
    onFailure: () => undefined,
  });
}

describe('orders of invoices', () => {
  it('go on when the same is asked for again, until they are ready', async () => {
    const { orders, calls } = new Harness();
    const steps = [
      await orders.step(query('net')),
      await orders.step(query('net')),
      await orders.step(query('net')),
    ];
    expect(steps.map(({ ready, count }) => [ready, count])).toEqual([
      [false, 10],
      [false, 20],
      [true, 30],
    ]);
    expect(calls).toEqual(['begin net']);
    expect(await orders.rows(steps[0]?.order ?? '', 0, 10)).toEqual([]);
  });

  it('are one when the same is asked for twice at once', async () => {
    const { orders, calls } = new Harness();
    await Promise.all([orders.step(query('net')), orders.step(query('net'))]);
    expect(calls).toEqual(['begin net']);
  });

  it('have no rows before they are ready', async () => {
    const { orders } = new Harness();
    const { order } = await orders.step(query('net'));
    await expect(orders.rows(order, 0, 10)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('are dropped 30 s after they were last asked for', async () => {
    const { orders, clock, kept } = new Harness();
    const { order } = await orders.step(query('net'));
    await clock.advance(29_000);
    await orders.step(query('net'));
    await clock.advance(29_000);
    expect(kept.size).toBe(1);
    await clock.advance(6000);
    expect(kept.size).toBe(0);
    await expect(orders.rows(order, 0, 10)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are four at most: one that nobody uses makes room, those in use do not', async () => {
    const { orders, clock, calls } = new Harness();
    for (const sort of ['net', 'vat', 'due', 'state']) await orders.step(query(sort));
    await expect(orders.step(query('source'))).rejects.toMatchObject({ code: 'too_many' });
    await clock.advance(3000);
    await orders.step(query('net'));
    await orders.step(query('source'));
    expect(calls.at(-1)).toBe('begin source');
    expect(calls.at(-2)).toBe('drop order-2');
  });

  it('that the reader does not know any more begin anew when they are asked for', async () => {
    const harness = new Harness();
    await harness.orders.step(query('net'));
    harness.refusal = new RangeError('there is no such order');
    await expect(harness.orders.step(query('net'))).rejects.toMatchObject({ code: 'invalid_argument' });
    harness.refusal = null;
    expect((await harness.orders.step(query('net'))).ready).toBe(false);
    expect(harness.calls.filter((call) => call === 'begin net')).toHaveLength(2);
  });

  it('stay when an older one of the same query is found to be lost', async () => {
    const harness = new Harness();
    await harness.orders.step(query('net'));
    harness.held = [];
    const lost = [harness.orders.step(query('net')), harness.orders.step(query('net'))];
    for (const step of lost) step.catch(() => undefined);
    await harness.clock.advance(0);
    const [first, second] = harness.held;
    harness.held = null;
    first?.(new RangeError('there is no such order'));
    await harness.clock.advance(0);
    const { order } = await harness.orders.step(query('net'));
    second?.(new RangeError('there is no such order'));
    await harness.clock.advance(0);
    expect((await harness.orders.step(query('net'))).order).toBe(order);
    await harness.orders.stop();
    expect(harness.kept.size).toBe(0);
  });

  it('are gone when it stops', async () => {
    const { orders, clock, kept } = new Harness();
    await orders.step(query('net'));
    await orders.stop();
    expect([kept.size, clock.pending]).toEqual([0, 0]);
  });
});
