import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeWatchlist } from '../../state/fake-ticker.ts';
import Toaster from '../../ui/Toaster.svelte';
import { focusRow, rows, said, settled, showTickers, symbols, undo } from './testing/show-tickers.ts';

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.restoreAllMocks();
  cleanup();
});

describe('the order', () => {
  it('is changed by Alt with an arrow key, kept, and read out', async () => {
    const { sent } = await showTickers();
    const cell = await focusRow('AAPL');
    await fireEvent.keyDown(cell, { key: 'ArrowDown', altKey: true });
    await settled();
    expect(symbols()).toEqual(['MSFT', 'AAPL', 'TSLA']);
    expect(sent('watchlist.order')).toEqual([{ id: 'main', symbols: ['MSFT', 'AAPL', 'TSLA'] }]);
    expect(said(/^AAPL moved to 2 of 3$/)).toBe(true);
    expect(document.activeElement?.textContent).toContain('AAPL');
  });

  it('is changed by dragging, once when it is let go', async () => {
    const { sent } = await showTickers();
    const grip = document.querySelector('[data-symbol="AAPL"] [title="Drag to order"]') as HTMLElement;
    vi.spyOn(document, 'elementFromPoint').mockReturnValue(rows()[2] as HTMLElement);
    await fireEvent.pointerDown(grip, { button: 0 });
    await fireEvent.pointerMove(window, { clientX: 5, clientY: 60 });
    expect(symbols()).toEqual(['MSFT', 'TSLA', 'AAPL']);
    expect(sent('watchlist.order')).toEqual([]);
    await fireEvent.pointerUp(window);
    await settled();
    expect(sent('watchlist.order')).toEqual([{ id: 'main', symbols: ['MSFT', 'TSLA', 'AAPL'] }]);
  });

  it('stays when a drag is given up', async () => {
    const { sent } = await showTickers();
    const grip = document.querySelector('[data-symbol="AAPL"] [title="Drag to order"]') as HTMLElement;
    vi.spyOn(document, 'elementFromPoint').mockReturnValue(rows()[2] as HTMLElement);
    await fireEvent.pointerDown(grip, { button: 0 });
    await fireEvent.pointerMove(window, { clientX: 5, clientY: 60 });
    await fireEvent.keyDown(window, { key: 'Escape' });
    await fireEvent.pointerUp(window);
    expect(symbols()).toEqual(['AAPL', 'MSFT', 'TSLA']);
    expect(sent('watchlist.order')).toEqual([]);
  });

  it('cannot be changed while a column sorts, and says why', async () => {
    const { sent } = await showTickers();
    await fireEvent.click(screen.getByRole('columnheader', { name: 'Symbol' }));
    const cell = await focusRow('AAPL');
    await fireEvent.keyDown(cell, { key: 'ArrowDown', altKey: true });
    await settled();
    expect(said(/^Sorted by a column/)).toBe(true);
    expect(sent('watchlist.order')).toEqual([]);
  });

  it('of cards is changed by the same keys, and the focus goes along', async () => {
    await showTickers();
    await fireEvent.click(screen.getByRole('radio', { name: 'Cards' }));
    const link = screen.getByRole('link', { name: 'TSLA' });
    link.focus();
    await fireEvent.keyDown(link, { key: 'ArrowUp', altKey: true });
    await settled();
    const cards = screen.getAllByRole('article').map((card) => card.getAttribute('aria-label'));
    expect(cards).toEqual(['AAPL', 'TSLA', 'MSFT']);
    expect(document.activeElement?.textContent).toBe('TSLA');
  });
});

describe('the lists', () => {
  const two = () => [fakeWatchlist(['AAPL']), fakeWatchlist(['SAP'], { id: 'eu', name: 'Europe' })];
  const tab = (name: RegExp) => screen.getByRole('tab', { name });

  it('are tabs, walked with the arrow keys; the chosen one is remembered', async () => {
    await showTickers(two());
    await fireEvent.keyDown(tab(/Watchlist/), { key: 'ArrowRight' });
    await settled();
    expect(tab(/Europe/).getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(tab(/Europe/));
    expect(symbols()).toEqual(['SAP']);
    cleanup();
    await showTickers(two());
    expect(symbols()).toEqual(['SAP']);
  });

  it('are put in order with Alt and the arrow keys', async () => {
    const { sent } = await showTickers(two(), { 'watchlists.order': () => ({ watchlists: [] }) });
    await fireEvent.keyDown(tab(/Watchlist/), { key: 'ArrowRight', altKey: true });
    await settled();
    expect(sent('watchlists.order')).toEqual([{ ids: ['eu', 'main'] }]);
    expect(said(/^Watchlist moved to 2 of 2$/)).toBe(true);
  });

  it('take a new one with a name, which is shown then', async () => {
    const { sent } = await showTickers(two(), {
      'watchlist.create': ({ name }) => ({ id: 'n', name, symbols: [] }),
    });
    await fireEvent.click(screen.getByRole('button', { name: 'New list' }));
    const dialog = within(await screen.findByRole('dialog'));
    await fireEvent.click(dialog.getByRole('button', { name: 'Create' }));
    expect(dialog.getByRole('alert').textContent).toContain('1 to 40 characters');
    await fireEvent.input(dialog.getByLabelText('Name'), { target: { value: ' Cars ' } });
    await fireEvent.submit(dialog.getByLabelText<HTMLInputElement>('Name').form as HTMLFormElement);
    await settled();
    expect(sent('watchlist.create')).toEqual([{ name: 'Cars' }]);
    expect(tab(/Cars/).getAttribute('aria-selected')).toBe('true');
  });

  it('bring a deleted one back with its symbols, where it was', async () => {
    render(Toaster, { theme: 'dark' });
    const { sent } = await showTickers([...two(), fakeWatchlist([], { id: 'z', name: 'Z' })], {
      'watchlist.remove': () => ({ done: true }),
      'watchlist.create': ({ name, symbols: kept = [] }) => fakeWatchlist([...kept], { id: 'again', name }),
      'watchlists.order': () => ({ watchlists: [] }),
    });
    await fireEvent.click(tab(/Europe/));
    screen.getByRole('button', { name: 'Actions of the list Europe' }).focus();
    await fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'Enter' });
    await fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await settled();
    expect(screen.queryByRole('tab', { name: /Europe/ })).toBeNull();
    await undo();
    expect(sent('watchlist.create')).toEqual([{ name: 'Europe', symbols: ['SAP'] }]);
    expect(sent('watchlists.order')).toEqual([{ ids: ['main', 'again', 'z'] }]);
    expect(screen.getAllByRole('tab').map((each) => each.id.split('-').at(-1))).toEqual([
      'main',
      'again',
      'z',
    ]);
  });
});
