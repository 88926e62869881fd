import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeStats } from '../../state/fake-invoice.ts';
import { later, settled, showInvoices } from './testing/show-invoices.ts';

/** A screen of this width, in pixels; it can be turned later. */
function screenOf(width: number): { turn(width: number): void } {
  let present = width;
  const queries = new Set<EventTarget>();
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => {
    const least = /\(min-width: (\d+)rem\)/.exec(query)?.[1];
    const list = new EventTarget();
    queries.add(list);
    Object.defineProperties(list, {
      matches: { get: () => least !== undefined && present >= Number(least) * 16 },
      media: { value: query },
    });
    return list as MediaQueryList;
  });
  return {
    turn(next) {
      present = next;
      for (const query of queries) query.dispatchEvent(new Event('change'));
    },
  };
}

const fold = () => screen.queryByRole('button', { name: /^Filter/ });
const parts = () => document.getElementById(fold()?.getAttribute('aria-controls') ?? '');
const press = async (): Promise<void> => {
  await fireEvent.click(screen.getByRole('button', { name: /^Filter/ }));
  await settled();
};

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the filter on a narrow screen', () => {
  it('keeps all but the text behind a button, which says whether it is open', async () => {
    screenOf(390);
    await showInvoices();
    expect(fold()?.getAttribute('aria-expanded')).toBe('false');
    expect(parts()?.hidden).toBe(true);
    expect(parts()?.contains(screen.getByLabelText('Text'))).toBe(false);
    for (const label of ['Company', 'From day', 'To day', 'Gross from', 'Gross to', 'Currency', 'State'])
      expect(parts()?.contains(screen.getByLabelText(label)), label).toBe(true);
    await press();
    expect(fold()?.getAttribute('aria-expanded')).toBe('true');
    expect(parts()?.hidden).toBe(false);
    await press();
    expect(parts()?.hidden).toBe(true);
  });

  it('counts what is set behind the button; the text is in sight and not counted', async () => {
    screenOf(390);
    await showInvoices({}, fakeStats(), '?q=acme&currency=EUR&min=5');
    expect(fold()?.textContent.replace(/\s+/g, ' ').trim()).toBe('Filter 2 active');
    await press();
    await fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    await later();
    expect(fold()?.textContent.trim()).toBe('Filter');
  });

  it('opens by itself over what cannot be read, and stays open while that is corrected', async () => {
    screenOf(390);
    await showInvoices({}, fakeStats(), '?min=ten');
    expect(parts()?.hidden).toBe(false);
    expect(fold()?.textContent).toMatch(/1\s*active, not all can be read/);
    await fireEvent.input(screen.getByLabelText('Gross from'), { target: { value: '10' } });
    await later();
    expect(screen.getByLabelText('Gross from').getAttribute('aria-invalid')).toBeNull();
    expect(parts()?.hidden).toBe(false);
  });
});

describe('the filter on a wide screen', () => {
  it('is open without a button, and folds when the screen becomes narrow', async () => {
    const { turn } = screenOf(1024);
    await showInvoices();
    expect(fold()).toBeNull();
    expect(screen.getByLabelText('Company').closest('[hidden]')).toBeNull();
    turn(390);
    await settled();
    expect(fold()?.getAttribute('aria-expanded')).toBe('false');
    expect(parts()?.hidden).toBe(true);
  });
});
