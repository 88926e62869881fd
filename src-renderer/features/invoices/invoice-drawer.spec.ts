import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FakeAnswers } from '../../../src-contract/fake-client.ts';
import { ContractError } from '../../../src-contract/result.ts';
import { setAppContext } from '../../state/app-context.ts';
import { fakeApp } from '../../state/fake-app.ts';
import { fakeInvoice, fakeInvoiceDetail } from '../../state/fake-invoice.ts';
import Provided from '../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../ui/time-context.ts';
import InvoiceDrawer from './InvoiceDrawer.svelte';
import { settled } from './testing/show-invoices.ts';

async function show(answers: FakeAnswers) {
  const { client, app } = fakeApp(answers);
  const step = vi.fn();
  render(Provided, {
    provide: () => {
      setAppContext(app);
      setTimeContext({ now: Date.parse('2026-11-21T10:00:00.000Z'), zone: 'UTC' });
    },
    component: InvoiceDrawer,
    given: { invoice: fakeInvoice(7), env: 'demo', takeFocus: true, close: vi.fn(), step },
  });
  await settled();
  return { client, step };
}

afterEach(() => cleanup());

describe('the details of an invoice', () => {
  it('show its lines, how net becomes gross, and where it came from', async () => {
    await show({ 'invoice.get': ({ id }) => fakeInvoiceDetail(id) });
    const drawer = screen.getByRole('dialog', { name: /PD-00000007/ });
    const words = drawer.textContent.replaceAll(/\s+/g, '');
    expect(words).toContain('Chairs325.00$75.00');
    expect(words).toContain('Net$100.00VAT15%$15.00Gross$115.00');
    expect(words).toContain('SourcesimulatorRun3CountryUS');
  });

  it('go on to the invoices before and after by the arrow keys', async () => {
    const { step } = await show({ 'invoice.get': ({ id }) => fakeInvoiceDetail(id) });
    const drawer = screen.getByRole('dialog');
    await fireEvent.keyDown(drawer, { key: 'ArrowDown' });
    await fireEvent.keyDown(drawer, { key: 'ArrowUp' });
    expect(step.mock.calls).toEqual([[1], [-1]]);
  });

  it('say why they are not there, and are asked for again', async () => {
    let gone = true;
    await show({
      'invoice.get': ({ id }) => {
        if (gone) throw new ContractError('not_found', 'invoice 7 is not in view in demo');
        return fakeInvoiceDetail(id);
      },
    });
    expect(screen.getByText('invoice 7 is not in view in demo')).toBeTruthy();
    gone = false;
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settled();
    expect(screen.getByText('Chairs')).toBeTruthy();
  });
});
