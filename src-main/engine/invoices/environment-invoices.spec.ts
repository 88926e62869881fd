import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { feed, RuntimeFixture, type Message } from '../testing/runtime-fixture.ts';

let fixture: RuntimeFixture;
beforeEach(async () => {
  fixture = await RuntimeFixture.open();
  onTestFinished(() => fixture.close());
});

const invoice = (number: string): Message => [
  'invoice.issued',
  { number, company: 'Acme', currency: 'EUR', net: '10.00' },
];
const invoices = (from: number, count: number): Message[] =>
  Array.from({ length: count }, (_, index) => invoice(`N-${from + index}`));

async function stop(runtime: EnvironmentRuntime): Promise<void> {
  const stopped = runtime.stop();
  await fixture.clock.advance(100);
  await stopped;
}

describe('the invoices of an environment', () => {
  it('are in the store 100 ms after they came, and told then', async () => {
    const runtime = await fixture.runtime('dev');
    await feed(runtime, fixture.clock, invoices(1, 3));
    await fixture.clock.advance(99);
    expect(fixture.told).not.toContain('dev invoices');
    await fixture.clock.advance(1);
    expect(fixture.told).toContain('dev invoices');
    expect(runtime.invoices.projection.totals).toEqual([
      { currency: 'EUR', count: 3, net: '3000', vat: '450', gross: '3450' },
    ]);
    expect((await fixture.store.screens.invoiceState('dev')).totals).toEqual(
      runtime.invoices.projection.totals,
    );
    await stop(runtime);
  });

  it('whose number is taken are counted, not shown', async () => {
    const runtime = await fixture.runtime('dev');
    await feed(runtime, fixture.clock, [...invoices(1, 3), invoice('N-2')]);
    await fixture.clock.advance(100);
    const { ignored, totals } = runtime.invoices.projection;
    expect([ignored, totals[0]?.count]).toEqual([1, 3]);
    await stop(runtime);
  });

  it('that the store refused are in it when it takes them again, each once', async () => {
    const told = () => fixture.failures.findLast(([part]) => part === 'invoices of dev')?.[1];
    let reason: string | null = 'disk full';
    fixture.refuse('invoiceCheckpoint', () => reason);
    const runtime = await fixture.runtime('dev');
    await feed(runtime, fixture.clock, invoices(1, 50));
    await fixture.clock.advance(2500);
    await feed(runtime, fixture.clock, invoices(51, 50));
    expect(told()).toBe('disk full');
    expect(runtime.invoices.projection.totals).toEqual([]);
    reason = null;
    await fixture.clock.advance(1500);
    expect(told()).toBe(null);
    expect(runtime.invoices.projection.totals[0]).toMatchObject({ count: 100, gross: '115000' });
    await stop(runtime);
  });

  it('of a journal from before there were any are built from its beginning, in checkpoints of bounded size', async () => {
    let isOld = true;
    const sizes: number[] = [];
    fixture.refuse('invoiceCheckpoint', () => (isOld ? 'there are no invoices in this version' : null));
    const before = await fixture.runtime('dev');
    for (let from = 1; from < 12_000; from += 300) {
      await feed(before, fixture.clock, invoices(from, 300));
    }
    await stop(before);
    isOld = false;
    const { invoiceCheckpoint } = fixture.store.writer;
    fixture.store.writer.invoiceCheckpoint = (checkpoint) => {
      sizes.push(checkpoint.arrived.reduce((sum, { count }) => sum + count, 0));
      return invoiceCheckpoint(checkpoint);
    };
    const after = await fixture.runtime('dev');
    await fixture.clock.advance(100);
    expect(after.invoices.projection.totals[0]).toMatchObject({ count: 12_000, net: '12000000' });
    expect(sizes.reduce((sum, size) => sum + size)).toBe(12_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5000);
    await stop(after);
  }, 60_000);
});
