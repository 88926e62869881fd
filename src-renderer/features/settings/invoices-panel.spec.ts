import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src-contract/settings.ts';
import { setAppContext } from '../../state/app-context.ts';
import { fakeApp } from '../../state/fake-app.ts';
import Provided from '../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../ui/time-context.ts';
import { rateComplaint, withRate } from './conversion-rates.ts';
import InvoicesPanel from './InvoicesPanel.svelte';

async function show() {
  const { client, app } = fakeApp({ 'settings.set': () => DEFAULT_SETTINGS });
  render(Provided, {
    provide: () => {
      setAppContext(app);
      setTimeContext(app.time);
    },
    component: InvoicesPanel,
    given: {},
  });
  client.push('settings', DEFAULT_SETTINGS, []);
  await tick();
  return client;
}

const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

afterEach(() => cleanup());

describe('the settings of invoices', () => {
  it('save VAT and the table of fixed rates together', async () => {
    const client = await show();
    await type('VAT of simulated invoices, in percent', '19');
    await type('Currency', 'eur');
    await type('Worth in USD', '1.085');
    await fireEvent.click(screen.getByRole('button', { name: 'Set rate' }));
    expect(screen.getByRole('list', { name: 'Fixed rates' }).textContent).toContain('= 1.085 USD');
    await fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    const conversion = [{ currency: 'EUR', rate: '1.085' }];
    expect(client.calls).toEqual([
      { name: 'settings.set', args: { invoices: { vat_percent: '19', conversion } } },
    ]);
  });

  it('say what VAT can be as soon as it is none', async () => {
    await show();
    for (const none of ['100', '-1', 'lots', '']) {
      await type('VAT of simulated invoices, in percent', none);
      expect(screen.getByRole('alert').textContent, none).toContain('from 0 to 99.99');
    }
    await type('VAT of simulated invoices, in percent', '7.25');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('explain a rate that is none', () => {
    expect(rateComplaint('USD', '1', 'USD').currency).toBe('USD is the base: it needs no rate.');
    for (const rate of ['0', '-1', '1,5', '1e3', '']) {
      expect(rateComplaint('EUR', rate, 'USD').rate).toMatch(/above 0/);
    }
  });

  it('keep one rate per currency, in the order of the alphabet', () => {
    const rates = withRate(withRate([], 'GBP', '1.2'), 'EUR', '1');
    expect(withRate(rates, 'GBP', '1.3')).toEqual([
      { currency: 'EUR', rate: '1' },
      { currency: 'GBP', rate: '1.3' },
    ]);
  });
});
