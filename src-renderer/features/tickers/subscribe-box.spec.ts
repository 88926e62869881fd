import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContractError } from '../../../src-contract/result.ts';
import { fakeWatchlist } from '../../state/fake-ticker.ts';
import { openTickers, settled, showTickers, symbols } from './testing/show-tickers.ts';

const suggestion = (symbol: string, price: number | null = null) => ({
  symbol,
  watched: false,
  price,
  currency: 'USD',
});

const box = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Subscribe to a symbol' });
const type = (value: string) => fireEvent.input(box(), { target: { value } });
const message = () => document.getElementById(box().getAttribute('aria-describedby') ?? '');
async function subscribe(text: string): Promise<void> {
  await type(text);
  await fireEvent.click(screen.getByRole('button', { name: 'Subscribe' }));
  await settled();
}

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('subscribing', () => {
  it('hands on what was typed, says what is watched now, and shows it', async () => {
    const { sent } = await showTickers([fakeWatchlist(['MSFT'])], {
      'subscription.add': () => ({ symbol: 'AAPL', lists: ['main'] }),
    });
    await subscribe('aapl ');
    expect(sent('subscription.add')).toEqual([{ symbol: 'aapl ', list: 'main' }]);
    expect(message()?.textContent).toBe('AAPL is watched in Watchlist.');
    expect(box().value).toBe('');
    expect(symbols()).toEqual(['MSFT', 'AAPL']);
  });

  it('says under the box what is wrong and what is accepted, and keeps the text', async () => {
    const words = 'symbol "<script>" is not accepted: 1 to 15 of A-Z, 0-9, . ^ = -';
    await showTickers(undefined, {
      'subscription.add': () => {
        throw new ContractError('invalid_argument', words);
      },
    });
    await subscribe('<script>');
    expect(screen.getByRole('alert').textContent.trim()).toBe(words);
    expect(box().getAttribute('aria-invalid')).toBe('true');
    expect(box().value).toBe('<script>');
    await type('A');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('asks for a symbol where there is none, without a call', async () => {
    const { sent } = await showTickers();
    await subscribe('  ');
    expect(screen.getByRole('alert').textContent).toContain('Type a symbol first');
    expect(sent('subscription.add')).toEqual([]);
  });

  it('is carried out when the lists are there, and says so while they are not', async () => {
    const { sent, push } = openTickers([fakeWatchlist(['MSFT'])], {
      'subscription.add': () => ({ symbol: 'AAPL', lists: ['main'] }),
    });
    await subscribe('aapl');
    expect(message()?.textContent).toBe('aapl is subscribed to as soon as the watchlists are loaded.');
    expect(box().value).toBe('aapl');
    expect(sent('subscription.add')).toEqual([]);
    await push([]);
    await settled();
    expect(sent('subscription.add')).toEqual([{ symbol: 'aapl', list: 'main' }]);
    expect(message()?.textContent).toBe('AAPL is watched in Watchlist.');
    expect(box().value).toBe('');
  });

  it('is given up when something else is typed before the lists are there', async () => {
    const { sent, push } = openTickers([fakeWatchlist(['MSFT'])]);
    await subscribe('aapl');
    await type('aap');
    expect(message()?.textContent).toContain('Up to 15 of');
    await push([]);
    expect(sent('subscription.add')).toEqual([]);
  });

  it('suggests symbols while typing, and takes the one the arrow keys are at', async () => {
    vi.useFakeTimers();
    const { sent } = await showTickers(undefined, {
      'symbols.suggest': () => ({ items: [suggestion('GOOG', 170), suggestion('GOOGL', 171.5)] }),
      'subscription.add': ({ symbol }) => ({ symbol, lists: ['main'] }),
    });
    await type('goo');
    expect(box().getAttribute('aria-expanded')).toBe('false');
    await vi.advanceTimersByTimeAsync(200);
    await settled();
    expect(box().getAttribute('aria-expanded')).toBe('true');
    await fireEvent.keyDown(box(), { key: 'ArrowDown' });
    await fireEvent.keyDown(box(), { key: 'ArrowDown' });
    const active = document.getElementById(box().getAttribute('aria-activedescendant') ?? '');
    expect(active?.textContent).toContain('GOOGL');
    expect(active?.getAttribute('aria-selected')).toBe('true');
    await fireEvent.submit(box().form as HTMLFormElement);
    await settled();
    expect(sent('subscription.add')).toEqual([{ symbol: 'GOOGL', list: 'main' }]);
    expect(box().getAttribute('aria-expanded')).toBe('false');
  });

  it('closes the suggestions with Escape, and then clears the text', async () => {
    vi.useFakeTimers();
    await showTickers(undefined, { 'symbols.suggest': () => ({ items: [suggestion('GOOG')] }) });
    await type('goo');
    await vi.advanceTimersByTimeAsync(200);
    await settled();
    await fireEvent.keyDown(box(), { key: 'Escape' });
    expect([box().getAttribute('aria-expanded'), box().value]).toEqual(['false', 'goo']);
    await fireEvent.keyDown(box(), { key: 'Escape' });
    expect(box().value).toBe('');
  });

  it('says when a list is full', async () => {
    const full = Array.from({ length: 500 }, (_, index) => `S${index}`);
    await showTickers([fakeWatchlist(full)]);
    expect(message()?.textContent).toContain('Watchlist is full: 500 of 500 symbols');
  });
});

describe('an empty list', () => {
  it('explains how it is filled and offers what is known', async () => {
    const { sent } = await showTickers([fakeWatchlist([])], {
      'symbols.suggest': () => ({ items: [suggestion('AAPL'), suggestion('TSLA')] }),
      'subscription.add': ({ symbol }) => ({ symbol, lists: ['main'] }),
    });
    expect(screen.getByText('Nothing is watched in Watchlist')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Subscribe to TSLA' }));
    await settled();
    expect(sent('subscription.add')).toEqual([{ symbol: 'TSLA', list: 'main' }]);
    expect(symbols()).toEqual(['TSLA']);
  });
});
