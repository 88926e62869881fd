import { describe, expect, it } from 'vitest';
import type { InvoiceCheckpoint } from '../../../src-contract/invoice-store.ts';
import { invoiceEvent, invoiceProjection, producedEvent, START } from './testing/invoice-fixture.ts';
import { InvoiceModel } from './testing/invoice-model.ts';

const at = START + 1000;

function batchOf(first: number, count: number) {
  return Array.from({ length: count }, (_, index) => producedEvent(first + index));
}

function rowsIn({ arrived, produced }: InvoiceCheckpoint): number {
  return [...arrived, ...produced.map(({ invoices }) => invoices)].reduce((sum, { count }) => sum + count, 0);
}

describe('a checkpoint of invoices', () => {
  it('says everything of an arrival, in columns', () => {
    const projection = invoiceProjection();
    const lines = [
      { description: 'Paper', quantity: '2.50', unit_price: 1.1 },
      { description: 'Ink 🖋', quantity: 1, unit_price: '-0.005' },
    ];
    const event = invoiceEvent(7, 'nats', {
      net: 2.74,
      lines,
      country: 'DE',
      state: 'paid',
      due_at: '2026-12-21T00:00:00.000Z',
    });
    projection.apply(4, [event]);
    expect(projection.takeCheckpoint(at)).toEqual({
      env: 'demo',
      batch: 4,
      at,
      show: null,
      invalid: 0,
      produced: [],
      arrived: [
        {
          count: 1,
          events: Float64Array.of(event.id),
          source: 'nats',
          numbers: ['A-7'],
          companies: ['Ada Ltd'],
          currencies: ['USD'],
          states: ['paid'],
          issuedAt: Float64Array.of(START + 7),
          receivedAt: Float64Array.of(START + 12),
          dueAt: Float64Array.of(Date.UTC(2026, 11, 21)),
          vatBasisPoints: Float64Array.of(1500),
          nets: Float64Array.of(274),
          vats: Float64Array.of(41),
          grosses: Float64Array.of(315),
          extras: [
            '{"country":"DE","lines":[{"description":"Paper","quantity":"2.50","unit_price":"1.1","net":275},' +
              '{"description":"Ink 🖋","quantity":"1","unit_price":"-0.005","net":-1}]}',
          ],
          words: ['Paper Ink 🖋'],
        },
      ],
    });
  });

  it('keeps the order of the journal: arrivals by stretches of a source, production by stretches of a run', () => {
    const projection = invoiceProjection();
    const arrivals = ['nats', 'nats', 'import', 'nats'].map((source, seq) => invoiceEvent(seq, source, {}));
    const produced = [producedEvent(10, 1), producedEvent(11, 1), producedEvent(12, 2, 3)];
    projection.apply(1, [...arrivals, ...produced]);
    const taken = projection.takeCheckpoint(at);
    expect(taken?.arrived.map(({ source, numbers }) => [source, ...numbers])).toEqual([
      ['nats', 'A-0', 'A-1'],
      ['import', 'A-2'],
      ['nats', 'A-3'],
    ]);
    expect(
      taken?.produced.map(({ run, generation, invoices }) => [run, generation, ...invoices.numbers]),
    ).toEqual([
      [1, 1, 'PD-10', 'PD-11'],
      [2, 3, 'PD-12'],
    ]);
  });

  it('is taken of whole batches and at most 5,000 invoices; what is left comes with the next', () => {
    const projection = invoiceProjection();
    for (let batch = 1; batch <= 7; batch++) projection.apply(batch, batchOf(batch * 1000, 900));
    projection.apply(8, []);
    const first = projection.takeCheckpoint(at);
    expect([first?.batch, first && rowsIn(first), projection.pending]).toEqual([5, 4500, 1800]);
    const second = projection.takeCheckpoint(at);
    expect([second?.batch, second && rowsIn(second), projection.pending]).toEqual([8, 1800, 0]);
    expect(projection.takeCheckpoint(at)).toBeNull();
  });

  it('is taken of a batch that alone has more', () => {
    const projection = invoiceProjection();
    projection.apply(1, batchOf(1, 6000));
    projection.apply(2, batchOf(6001, 1));
    const sizes = [projection.takeCheckpoint(at), projection.takeCheckpoint(at)].map(
      (taken) => taken && rowsIn(taken),
    );
    expect(sizes).toEqual([6000, 1]);
  });

  it('is due as soon as one more batch could be too much for it', () => {
    const projection = invoiceProjection();
    for (let batch = 1; batch <= 4; batch++) projection.apply(batch, batchOf(batch * 1000, 1000));
    expect(projection.full).toBe(false);
    projection.apply(5, batchOf(5000, 1));
    expect([projection.full, projection.pending]).toEqual([true, 4001]);
    projection.takeCheckpoint(at);
    expect(projection.full).toBe(false);
  });

  it('moves the position when nothing came, and says nothing when there is nothing to say', () => {
    const projection = invoiceProjection();
    expect(projection.takeCheckpoint(at)).toBeNull();
    projection.apply(3, []);
    expect(projection.takeCheckpoint(at)).toMatchObject({ batch: 3, arrived: [], produced: [], invalid: 0 });
    expect(projection.takeCheckpoint(at)).toBeNull();
  });

  it('is taken to show something even when nothing came, behind the same position', () => {
    const projection = invoiceProjection();
    projection.apply(3, []);
    projection.takeCheckpoint(at);
    const show = { run: 1, count: 2 };
    expect(projection.takeCheckpoint(at, show)).toMatchObject({ batch: 3, show, at });
  });

  it('counts events that state no invoice, and the simulator’s that belong to no run', () => {
    const projection = invoiceProjection();
    projection.apply(1, [
      invoiceEvent(1, 'nats', null),
      invoiceEvent(2, 'nats', { net: 0.001 }),
      invoiceEvent(3, 'simulator', {}),
      invoiceEvent(4, 'nats', {}),
    ]);
    expect(projection.pending).toBe(1);
    expect(projection.takeCheckpoint(at)).toMatchObject({ invalid: 3, arrived: [{ numbers: ['A-4'] }] });
  });

  it('says when an invoice was issued: as it states, else when its event occurred', () => {
    const projection = invoiceProjection();
    const issued_at = '2026-01-02T03:04:05.678Z';
    projection.apply(1, [invoiceEvent(1, 'nats', { issued_at }), invoiceEvent(2, 'nats', {})]);
    const [arrived] = projection.takeCheckpoint(at)?.arrived ?? [];
    expect(arrived?.issuedAt).toEqual(Float64Array.of(Date.parse(issued_at), START + 2));
  });

  it('takes amounts without a currency in the base currency of the moment', () => {
    const projection = invoiceProjection();
    projection.apply(1, [invoiceEvent(1, 'nats', {}), invoiceEvent(2, 'nats', { currency: 'JPY' })]);
    expect(projection.takeCheckpoint(at)?.arrived[0]).toMatchObject({
      currencies: ['USD', 'JPY'],
      nets: Float64Array.of(100, 1),
    });
  });
});

describe('the totals in memory', () => {
  const sums = (currency: string, count: number, net: string) => ({
    currency,
    count,
    net,
    vat: '0',
    gross: net,
  });

  it('grow by what checkpoints bring into view, exactly, even above 2^53', () => {
    const stored = { ...new InvoiceModel().state(), totals: [sums('USD', 1, '9007199254740993')] };
    const projection = invoiceProjection({ ...stored, ignored: 1 });
    const done = { newest: 12, shown: 0, ignored: 2, added: [sums('USD', 2, '-1'), sums('JPY', 1, '7')] };
    projection.checkpointed(done);
    expect(projection.totals).toEqual([sums('USD', 3, '9007199254740992'), sums('JPY', 1, '7')]);
    expect([projection.newest, projection.ignored]).toEqual([12, 3]);
  });

  it('are replaced when another generation comes into view; what is pending stays pending', () => {
    const projection = invoiceProjection({ ...new InvoiceModel().state(), totals: [sums('USD', 5, '5')] });
    projection.apply(1, batchOf(1, 2));
    const state = { ...new InvoiceModel().state(), generation: 2, newest: 3, ignored: 4 };
    projection.reload({ ...state, totals: [sums('EUR', 1, '1'), sums('USD', 0, '0')] });
    expect(projection.totals).toEqual([sums('EUR', 1, '1')]);
    expect([projection.generation, projection.newest, projection.ignored]).toEqual([2, 3, 4]);
    expect([projection.pending, projection.takeCheckpoint(at)?.batch]).toEqual([2, 1]);
  });
});
