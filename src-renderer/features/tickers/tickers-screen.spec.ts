import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContractError } from '../../../src-contract/result.ts';
import { fakeBreaker, fakeQuote, fakeWatchlist } from '../../state/fake-ticker.ts';
import Toaster from '../../ui/Toaster.svelte';
import { focusRow, row, settled, showTickers, symbols, undo } from './testing/show-tickers.ts';

beforeEach(() => localStorage.clear());
afterEach(() => cleanup());

describe('a watchlist', () => {
  it('stands in its own order and links to the page of each symbol', async () => {
    const { push } = await showTickers([fakeWatchlist(['TSLA', 'AAPL', 'BRK.B'])]);
    expect(symbols()).toEqual(['TSLA', 'AAPL', 'BRK.B']);
    await push([fakeQuote('AAPL', { price: 999 })]);
    expect(symbols()).toEqual(['TSLA', 'AAPL', 'BRK.B']);
    expect(screen.getByRole('link', { name: 'BRK.B' }).getAttribute('href')).toBe('/tickers/BRK.B');
  });

  it('shows price, change, age, source and how far the price can be trusted', async () => {
    const { push } = await showTickers([fakeWatchlist(['AAPL', 'SAP', 'NEW'])]);
    await push([
      fakeQuote('AAPL', { price: 187.5, change_percent: -1.25 }),
      fakeQuote('SAP', { currency: 'EUR', source: 'nats', freshness: 'breaker_open' }),
    ]);
    expect(row('AAPL').getByText('187.50')).toBeTruthy();
    expect(row('AAPL').getByText('-1.25%')).toBeTruthy();
    expect(row('AAPL').getByText('▼')).toBeTruthy();
    expect(row('AAPL').getByText('2 s ago')).toBeTruthy();
    expect(row('AAPL').getByText('Stock API')).toBeTruthy();
    expect(row('SAP').getByText('EUR')).toBeTruthy();
    expect(row('SAP').getByText('NATS')).toBeTruthy();
    expect(row('SAP').getByText('breaker open')).toBeTruthy();
    expect(row('NEW').getAllByText('no price').length).toBeGreaterThan(0);
  });

  it('is sorted by a column for as long as wanted, and says so', async () => {
    const { push } = await showTickers();
    await push([
      fakeQuote('AAPL', { price: 1 }),
      fakeQuote('MSFT', { price: 3 }),
      fakeQuote('TSLA', { price: 2 }),
    ]);
    await fireEvent.click(screen.getByRole('columnheader', { name: 'Price' }));
    expect(symbols()).toEqual(['MSFT', 'TSLA', 'AAPL']);
    expect(screen.getByText('Sorted for now')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Back to my order' }));
    expect(symbols()).toEqual(['AAPL', 'MSFT', 'TSLA']);
  });

  it('is named in a field that has the focus, so that it can be typed at once', async () => {
    await showTickers();
    await fireEvent.click(screen.getByRole('button', { name: 'New list' }));
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await vi.waitFor(() => expect(document.activeElement).toBe(name));
  });

  it('can be shown as cards, and is next time too', async () => {
    await showTickers();
    await fireEvent.click(screen.getByRole('radio', { name: 'Cards' }));
    const cards = within(screen.getByRole('list', { name: 'Quotes' })).getAllByRole('article');
    expect(cards.map((card) => card.getAttribute('aria-label'))).toEqual(['AAPL', 'MSFT', 'TSLA']);
    cleanup();
    await showTickers();
    expect(screen.getByRole('article', { name: 'MSFT' })).toBeTruthy();
  });
});

describe('unsubscribing', () => {
  it('takes a symbol away at once by its ×', async () => {
    const { sent } = await showTickers();
    await fireEvent.click(screen.getByRole('button', { name: 'Unsubscribe MSFT' }));
    await settled();
    expect(symbols()).toEqual(['AAPL', 'TSLA']);
    expect(sent('subscription.remove')).toEqual([{ symbol: 'MSFT', list: 'main' }]);
  });

  it('can be undone: the symbol is back where it was', async () => {
    render(Toaster, { theme: 'dark' });
    const { sent } = await showTickers(undefined, {
      'subscription.add': ({ symbol }) => ({ symbol, lists: ['main'] }),
    });
    await fireEvent.click(screen.getByRole('button', { name: 'Unsubscribe MSFT' }));
    await settled();
    await undo();
    expect(sent('subscription.add')).toEqual([{ symbol: 'MSFT', list: 'main' }]);
    expect(sent('watchlist.order')).toEqual([{ id: 'main', symbols: ['AAPL', 'MSFT', 'TSLA'] }]);
    expect(symbols()).toEqual(['AAPL', 'MSFT', 'TSLA']);
  });

  it('by Delete goes on with the next row', async () => {
    await showTickers();
    const cell = await focusRow('MSFT');
    await fireEvent.keyDown(cell, { key: 'Delete' });
    await settled();
    expect(symbols()).toEqual(['AAPL', 'TSLA']);
    expect(document.activeElement?.textContent).toContain('TSLA');
  });

  it('brings the row back when it is refused', async () => {
    await showTickers(undefined, {
      'subscription.remove': () => {
        throw new ContractError('too_many', 'slowly');
      },
    });
    await fireEvent.click(screen.getByRole('button', { name: 'Unsubscribe MSFT' }));
    await settled();
    expect(symbols()).toEqual(['AAPL', 'MSFT', 'TSLA']);
  });
});

describe('trouble', () => {
  it('with the API is told in one line: since when, why, and when it is tried again', async () => {
    const { client } = await showTickers();
    client.push(
      'breaker',
      fakeBreaker({
        state: 'open',
        since: '2026-11-21T09:59:57.000Z',
        last_failure: 'HTTP 500',
        next_probe_at: '2026-11-21T10:00:02.000Z',
      }),
      [],
    );
    await settled();
    const line = screen.getByRole('group', { name: 'How prices come in' });
    expect(line.textContent).toContain('breaker open since 09:59:57. The API is left alone: HTTP 500.');
    expect(line.textContent).toContain('Next probe in 2 s');
  });

  it('with the link keeps the last prices and says since when', async () => {
    const { push } = await showTickers();
    const since = Date.parse('2026-11-21T09:58:00.000Z');
    await push([fakeQuote('AAPL')], { status: 'stale', since, reason: 'the engine stopped' });
    expect(symbols()).toEqual(['AAPL', 'MSFT', 'TSLA']);
    expect(screen.getByText(/Stale since 09:58:00/)).toBeTruthy();
  });
});
