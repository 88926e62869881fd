import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeStats, fakeTotal } from '../../state/fake-invoice.ts';
import { later, settled, showInvoices } from './testing/show-invoices.ts';

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('the details', () => {
  const open = async () => {
    const shown = await showInvoices();
    await later();
    await fireEvent.click(screen.getByText('PD-00000003'));
    await later();
    expect(screen.getByRole('dialog', { name: /PD-/ })).toBeTruthy();
    return shown;
  };

  it('close when a reset takes their invoice out of view', async () => {
    const { client } = await open();
    client.push('invoiceStats', fakeStats([], { generation: 2 }), []);
    await settled();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('stay while rows arrive', async () => {
    const { client } = await open();
    client.push('invoiceStats', fakeStats([fakeTotal('USD', 4)]), []);
    await settled();
    expect(screen.getByRole('dialog', { name: /PD-/ })).toBeTruthy();
  });
});
