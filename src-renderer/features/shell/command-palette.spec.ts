import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContractError } from '../../../src-contract/result.ts';
import { press, settled, showShell } from './testing/show-shell.ts';

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  history.replaceState(null, '', '/');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('Enter in the palette before the results are there', () => {
  const box = () => screen.getByRole('combobox', { name: 'Search' });
  const enter = () => fireEvent.keyDown(box(), { key: 'Enter' });

  async function typeIn(text: string): Promise<void> {
    await fireEvent.input(box(), { target: { value: text } });
    await vi.advanceTimersByTimeAsync(200);
    await settled();
  }

  /** Opens the palette over a search for portfolios that answers when it is told to; no symbol is known. */
  async function openPalette() {
    const answers = new Map<string, (slugs: string[]) => void>();
    const { app } = await showShell({
      'portfolios.list': ({ q = '' }) =>
        new Promise((resolve) => {
          answers.set(q, (slugs) =>
            resolve({ items: slugs.map((slug) => ({ slug }) as never), next_cursor: null }),
          );
        }),
      'symbols.suggest': () => ({ items: [] }),
    });
    const before = app.router.route;
    await press('k', { ctrlKey: true });
    await settled();
    const answer = async (text: string, slugs: string[]): Promise<void> => {
      answers.get(text)?.(slugs);
      await vi.advanceTimersByTimeAsync(0);
      await settled();
    };
    return { app, before, answer };
  }

  it('goes to the first result once it is there, and says so while it is not', async () => {
    const { app, before, answer } = await openPalette();
    await typeIn('growth-one');
    expect(screen.queryByText(/No command/)).toBeNull();
    await enter();
    await settled();
    expect(
      screen.getByText('The first result for “growth-one” is taken as soon as it is found.'),
    ).toBeTruthy();
    expect(app.router.route).toEqual(before);
    await answer('growth-one', ['growth-one', 'growth-one-b']);
    expect(app.router.route).toEqual({ screen: 'portfolio', slug: 'growth-one' });
    await vi.advanceTimersByTimeAsync(100);
    expect(screen.queryByRole('combobox', { name: 'Search' })).toBeNull();
  });

  it('takes no result of an older text', async () => {
    const { app, before, answer } = await openPalette();
    await typeIn('growth');
    await answer('growth', ['growth-one', 'growth-two']);
    await typeIn('growth-two');
    await enter();
    await settled();
    expect(app.router.route).toEqual(before);
    await answer('growth-two', ['growth-two']);
    expect(app.router.route).toEqual({ screen: 'portfolio', slug: 'growth-two' });
  });

  it('takes a result that the arrow keys are at, whatever comes later', async () => {
    const { app, answer } = await openPalette();
    await typeIn('growth');
    await answer('growth', ['growth-one', 'growth-two']);
    await typeIn('growth-');
    await enter();
    await fireEvent.keyDown(box(), { key: 'ArrowDown' });
    await settled();
    await enter();
    expect(app.router.route).toEqual({ screen: 'portfolio', slug: 'growth-two' });
    await answer('growth-', ['growth-one']);
    expect(app.router.route).toEqual({ screen: 'portfolio', slug: 'growth-two' });
  });

  it('runs a command at once that matches what was typed', async () => {
    const { app } = await openPalette();
    await typeIn('rejects bench');
    await enter();
    expect(app.router.route.screen).toBe('rejects');
  });

  it('is given up when something else is typed', async () => {
    const { app, before, answer } = await openPalette();
    await typeIn('growth-one');
    await enter();
    await typeIn('growth-on');
    await answer('growth-one', ['growth-one']);
    await answer('growth-on', ['growth-one']);
    expect(app.router.route).toEqual(before);
    expect(screen.queryByText(/is taken as soon as/)).toBeNull();
  });

  it.each([
    ['Escape', { key: 'Escape' }],
    ['the key that opened it', { key: 'k', ctrlKey: true }],
  ])('is given up when %s closes the palette', async (_, key) => {
    const { app, before, answer } = await openPalette();
    await typeIn('growth-one');
    await enter();
    await fireEvent.keyDown(box(), key);
    await vi.advanceTimersByTimeAsync(100);
    expect(screen.queryByRole('combobox', { name: 'Search' })).toBeNull();
    await answer('growth-one', ['growth-one']);
    expect(app.router.route).toEqual(before);
  });

  it('says when nothing is found', async () => {
    const { app, before, answer } = await openPalette();
    await typeIn('growth-none');
    await enter();
    await answer('growth-none', []);
    expect(
      screen.getByText('No command, shared portfolio or known symbol matches “growth-none”.'),
    ).toBeTruthy();
    expect(screen.queryByText(/is taken as soon as/)).toBeNull();
    expect(app.router.route).toEqual(before);
  });

  it('takes no symbol when the portfolios could not be searched', async () => {
    const aapl = { symbol: 'AAPL', watched: false, price: null, currency: 'USD' };
    const { app } = await showShell({
      'portfolios.list': () => Promise.reject(new ContractError('unavailable', 'the engine is away')),
      'symbols.suggest': () => ({ items: [aapl] }),
    });
    const before = app.router.route;
    await press('k', { ctrlKey: true });
    await settled();
    await fireEvent.input(box(), { target: { value: 'aapl-fund' } });
    await enter();
    await vi.advanceTimersByTimeAsync(200);
    await settled();
    expect(screen.getByRole('alert').textContent).toContain('the engine is away');
    expect(app.router.route).toEqual(before);
  });
});
