import { render } from '@testing-library/svelte';
import { tick } from 'svelte';
import { vi } from 'vitest';
import type { FakeAnswers } from '../../../../src-contract/fake-client.ts';
import { DEFAULT_SETTINGS } from '../../../../src-contract/settings.ts';
import { setAppContext } from '../../../state/app-context.ts';
import { fakeApp } from '../../../state/fake-app.ts';
import { fakeInvoice, fakeInvoiceDetail, fakeRun, fakeStats } from '../../../state/fake-invoice.ts';
import { fakeStatus } from '../../../state/fake-status.ts';
import Provided from '../../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../../ui/time-context.ts';
import InvoicesScreen from '../InvoicesScreen.svelte';

/** Lets answers arrive and be drawn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await tick();
}

/** Lets what waits for a pause happen; needs fake timers. */
export async function later(ms = 300): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settled();
}

/** Shows the screen over a fake client in demo at 10:00:00 UTC; three invoices are there unless `stats` says otherwise. */
export async function showInvoices(answers: FakeAnswers = {}, stats = fakeStats(), query = '') {
  history.replaceState(null, '', `/invoices${query}`);
  const { client, app } = fakeApp({
    'invoices.rows': ({ offset, limit, as_of: asOf }) => ({
      items: Array.from({ length: Math.max(0, Math.min(limit, asOf - offset)) }, (_, place) =>
        fakeInvoice(asOf - offset - place),
      ),
      generation: 1,
    }),
    'invoice.get': ({ id }) => fakeInvoiceDetail(id),
    'invoices.companies': () => ({ items: ['Acme Ltd', 'Acme Sons'] }),
    'settings.set': () => DEFAULT_SETTINGS,
    ...answers,
  });
  const time = { now: Date.parse('2026-11-21T10:00:00.000Z'), zone: 'UTC' } as typeof app.time;
  render(Provided, {
    provide: () => {
      setAppContext({ ...app, time });
      setTimeContext(time);
    },
    component: InvoicesScreen,
    given: {},
  });
  client.push('status', fakeStatus({ env: stats.env }), []);
  client.push('settings', DEFAULT_SETTINGS, []);
  client.push('invoiceRun', fakeRun(), []);
  client.push('invoiceStats', stats, []);
  client.push('jobs', { running: 0 }, []);
  await settled();
  const sent = (name: string) => client.calls.filter((call) => call.name === name).map(({ args }) => args);
  return { client, app, sent };
}
