import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallArgs } from '../../../src-contract/channels.ts';
import type { FakeAnswers } from '../../../src-contract/fake-client.ts';
import { ContractError } from '../../../src-contract/result.ts';
import { fakeApp } from '../../state/fake-app.ts';
import { fakeInvoice, fakeStats, fakeTotal } from '../../state/fake-invoice.ts';
import { InvoiceList, type ListWish } from './invoice-list.svelte.ts';
import { sortOf } from './list-address.ts';

let stop: () => void = () => undefined;
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const totalsOf = (count: number, newest: number) => ({
  count,
  totals: count === 0 ? [] : [fakeTotal('USD', count)],
  converted: null,
  newest,
  generation: 1,
});

function show(answers: FakeAnswers, first: ListWish = { filter: {}, sort: sortOf('') }) {
  const { client, app } = fakeApp({ 'invoices.rows': () => ({ items: [], generation: 1 }), ...answers });
  const stats = app.feed('invoiceStats', {});
  let wish = $state.raw(first);
  const list = new InvoiceList(client, stats, () => wish);
  stop = $effect.root(() => {
    $effect(() => list.follow());
    $effect(() => list.followCount());
    $effect(() => list.followOrder());
    $effect(() => () => list.stop());
  });
  flushSync();
  const settle = async (ms = 0) => {
    await vi.advanceTimersByTimeAsync(ms);
    flushSync();
  };
  return {
    client,
    list,
    settle,
    push: async (...given: Parameters<typeof fakeStats>) => {
      client.push('invoiceStats', fakeStats(...given), []);
      await settle();
    },
    want: async (next: ListWish) => {
      wish = next;
      flushSync();
      await settle();
    },
    sent: (name: string) => client.calls.filter((call) => call.name === name).map(({ args }) => args),
  };
}

describe('the unfiltered list', () => {
  it('is there with the statistics: nothing has to be counted', async () => {
    const { list, push, sent } = show({});
    expect(list.source).toBeNull();
    await push([fakeTotal('USD', 3)]);
    expect(list.source).toMatchObject({ version: 3, count: 3 });
    expect(list.totals).toEqual([fakeTotal('USD', 3)]);
    expect(sent('invoices.totals')).toEqual([]);
  });

  it('stays as it was while its totals go on, until the new rows are taken', async () => {
    const { list, push } = show({});
    await push([fakeTotal('USD', 3)]);
    await push([fakeTotal('USD', 5)]);
    expect(list.source).toMatchObject({ version: 3, count: 3 });
    expect(list.newCount).toBe(2);
    expect(list.totals).toEqual([fakeTotal('USD', 5)]);
    list.takeNew();
    expect(list.source).toMatchObject({ version: 5, count: 5 });
    expect(list.newCount).toBe(0);
    expect([3, 4].map((id) => list.isNew({ id }))).toEqual([false, true]);
  });

  it('begins anew when invoices have left or come back, or the environment is another one', async () => {
    const { list, push } = show({});
    await push([fakeTotal('USD', 3)]);
    const before = list.source?.scope;
    await push([], { generation: 2, newest: 3 });
    expect(list.source).toMatchObject({ count: 0 });
    expect(list.source?.scope).not.toBe(before);
    expect(list.newCount).toBe(0);
  });
});

describe('a filtered list', () => {
  const filter = { company: 'Acme' };

  it('counts once, then only what is newer, at most four times a second', async () => {
    const answer = ({ after = 0, as_of: asOf = 0 }: CallArgs<'invoices.totals'>) =>
      totalsOf(after === 0 ? 10 : 1, asOf);
    const { list, push, sent, settle } = show({ 'invoices.totals': answer }, { filter, sort: sortOf('') });
    await push([], { newest: 100 });
    expect(list.source).toMatchObject({ version: 100, count: 10 });
    for (const newest of [101, 102, 103]) await push([], { newest });
    expect(sent('invoices.totals')).toHaveLength(1);
    await settle(250);
    expect(sent('invoices.totals')).toEqual([
      { env: 'demo', filter, as_of: 100 },
      { env: 'demo', filter, as_of: 103, after: 100 },
    ]);
    expect(list.newCount).toBe(1);
    expect(list.totals).toEqual([fakeTotal('USD', 11)]);
    expect(list.exported).toEqual({ env: 'demo', filter, sort: '-time', as_of: 103 });
  });

  it('says why it cannot be counted, and counts when asked again', async () => {
    let refuses = true;
    const { list, push, settle } = show(
      {
        'invoices.totals': ({ as_of: asOf = 0 }) => {
          if (refuses) throw new ContractError('invalid_argument', 'nothing to search for');
          return totalsOf(2, asOf);
        },
      },
      { filter, sort: sortOf('') },
    );
    await push([], { newest: 5 });
    expect(list.refusal).toBe('nothing to search for');
    refuses = false;
    list.retry();
    await settle(250);
    expect(list.failure).toBeNull();
    expect(list.source).toMatchObject({ version: 5, count: 2 });
  });

  it('drops the answer to a filter that was replaced', async () => {
    const waiting: (() => void)[] = [];
    const { list, push, want, settle } = show(
      {
        'invoices.totals': async ({ filter: asked }) => {
          if (asked.company === 'Acme') await new Promise<void>((resolve) => waiting.push(resolve));
          return totalsOf(asked.company === 'Acme' ? 99 : 1, 5);
        },
      },
      { filter, sort: sortOf('') },
    );
    await push([], { newest: 5 });
    await want({ filter: { company: 'Other' }, sort: sortOf('') });
    waiting.forEach((resolve) => resolve());
    await settle();
    expect(list.source?.count).toBe(1);
  });
});

describe('a sort that no index serves', () => {
  const sort = sortOf('state,-gross');
  const wish = { filter: {}, sort };

  it('has no rows before its order is ready, and tells how far that is', async () => {
    const progress = [0.4, 1];
    const answers: (() => void)[] = [];
    const { list, push, settle, sent } = show(
      {
        'invoices.order': async () => {
          await new Promise<void>((resolve) => answers.push(resolve));
          const now = progress.shift() ?? 1;
          return { order: 'o1', ready: now === 1, progress: now, count: 3 };
        },
      },
      wish,
    );
    await push([fakeTotal('USD', 3)]);
    answers.shift()?.();
    await settle();
    expect(list.source).toBeNull();
    expect([list.order.isBusy, list.order.progress]).toEqual([true, 0.4]);
    answers.shift()?.();
    await settle();
    await list.source?.fetch(0, 100, new AbortController().signal);
    expect(sent('invoices.rows')).toEqual([
      { env: 'demo', filter: {}, sort: 'state,-gross', as_of: 3, offset: 0, limit: 100, order: 'o1' },
    ]);
  });

  it('is made once more when the engine let go of it', async () => {
    let made = 0;
    const { list, push } = show(
      {
        'invoices.order': () => ({ order: `o${++made}`, ready: true, progress: 1, count: 3 }),
        'invoices.rows': ({ order }) => {
          if (order === 'o1') throw new ContractError('not_found', 'there is no order o1');
          return { items: [fakeInvoice(1)], generation: 1 };
        },
      },
      wish,
    );
    await push([fakeTotal('USD', 3)]);
    expect(await list.source?.fetch(0, 100, new AbortController().signal)).toEqual([fakeInvoice(1)]);
  });

  it('says why it cannot be made', async () => {
    const { list, push } = show(
      {
        'invoices.order': () => {
          throw new ContractError('invalid_argument', 'at most 2,000,000 invoices can be sorted so');
        },
      },
      wish,
    );
    await push([fakeTotal('USD', 3)]);
    expect(list.order.failure).toBe('at most 2,000,000 invoices can be sorted so');
    expect(list.order.isBusy).toBe(false);
  });
});
