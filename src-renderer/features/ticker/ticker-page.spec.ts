import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeAnswers } from '../../../src-contract/fake-client.ts';
import type { Candle, CandlePage, CandleRevision, Quote } from '../../../src-contract/ticker.ts';
import { setAppContext } from '../../state/app-context.ts';
import { fakeApp } from '../../state/fake-app.ts';
import Provided from '../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../ui/time-context.ts';
import TickerPage from './TickerPage.svelte';

const NOW = Date.parse('2026-11-21T10:00:00.000Z');
const MINUTE = 60_000;

const QUOTE: Quote = {
  symbol: 'AAPL',
  price: 151.25,
  currency: 'USD',
  change_percent: 1.5,
  day_open: 149,
  day_high: 152,
  day_low: 148.5,
  as_of: '2026-11-21T09:59:57.000Z',
  source: 'stocks',
  freshness: 'live',
  watched: true,
};

const candle = (minute: number, close: number): Candle => ({
  time: new Date(NOW - (10 - minute) * MINUTE).toISOString(),
  open: 150,
  high: Math.max(150, close),
  low: Math.min(150, close),
  close,
  ticks: 12,
  source: 'stocks',
});

const page = (items: Candle[], sources = ['stocks'], currency = 'USD'): CandlePage => ({
  ...{ symbol: 'AAPL', interval: '1m', sources, currency, items, earlier: false },
});

const STOCKS = { sources: ['stocks'], currency: 'USD' };

async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await tick();
}

async function show(answers: FakeAnswers = {}, revisions: CandleRevision[] = []) {
  const asked: unknown[] = [];
  const { client, app } = fakeApp({
    'ticker.candles': (args) => {
      asked.push(args);
      return page([candle(1, 149), candle(2, 155), candle(3, 151)]);
    },
    'breaker.spans': () => ({ items: [] }),
    'symbols.suggest': () => ({
      items: [{ symbol: 'MSFT', watched: true, price: 310, currency: 'USD' }],
    }),
    ...answers,
  });
  const time = { now: NOW, zone: 'UTC' } as typeof app.time;
  render(Provided, {
    provide: () => {
      setAppContext({ ...app, time });
      setTimeContext(time);
    },
    component: TickerPage,
    given: { symbol: 'AAPL' },
  });
  client.push('quotes', { env: 'demo', watchlists: [] }, [QUOTE]);
  client.push('ticker', QUOTE, [
    {
      source: 'stocks',
      price: 151.25,
      currency: 'USD',
      change_percent: 1.5,
      as_of: '2026-11-21T09:59:57.000Z',
      freshness: 'live',
    },
    {
      source: 'nats',
      price: 151.3,
      currency: 'USD',
      change_percent: null,
      as_of: '2026-11-21T09:00:00.000Z',
      freshness: 'stale',
    },
  ]);
  client.push('candles', { revisions, series: STOCKS }, []);
  await settled();
  return { client, app, asked };
}

const region = (name: string) => within(screen.getByRole('region', { name }));

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, '', '/tickers/AAPL');
});
afterEach(() => cleanup());

describe('the ticker page', () => {
  it('shows the quote with its day and its source', async () => {
    await show();
    const quote = region('Quote');
    expect(quote.getByText('151.25')).toBeTruthy();
    expect(quote.getByText('148.50')).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).closest('header')?.textContent).toContain(
      'from Stock API',
    );
  });

  it('says of a price that the day has none of that it is unknown', async () => {
    const { client } = await show();
    client.push('ticker', { ...QUOTE, day_high: null, day_low: null }, []);
    await settled();
    const quote = region('Quote');
    for (const term of ['Day high', 'Day low']) {
      expect(quote.getByText(term).parentElement?.textContent).toMatch(/^Day (high|low)\s*—unknown$/);
    }
  });

  it('says what every source says, and which one is in use', async () => {
    await show();
    const sources = region('Sources');
    expect(sources.getAllByRole('row')).toHaveLength(3);
    expect(sources.getByText('in use').closest('tr')?.textContent).toContain('Stock API');
    expect(sources.getByText('stale').closest('tr')?.textContent).toContain('NATS');
  });

  it('puts the chart into words and into a table', async () => {
    await show();
    const chart = region('Chart');
    expect(chart.getByText(/AAPL in USD, 3 candles of 1m: from 150\.00 .* 0 gaps\./)).toBeTruthy();
    await fireEvent.click(chart.getByRole('button', { name: 'Show as table' }));
    const rows = within(chart.getByRole('table')).getAllByRole('row');
    expect(rows[1]?.textContent).toContain('151.00');
    expect(rows).toHaveLength(4);
  });

  it('continues the newest candle with what is live', async () => {
    const { client } = await show();
    client.push('candles', { revisions: [], series: STOCKS }, [candle(3, 151), candle(4, 140)]);
    await settled();
    expect(region('Chart').getByText(/lowest 140\.00/)).toBeTruthy();
  });

  it('loads again what late prices have changed since it was opened, from the earliest candle on, once', async () => {
    const { asked, client } = await show();
    const calls = asked.length;
    const at = (minutes: number) => new Date(NOW - minutes * MINUTE).toISOString();
    const first = { revision: 3, since: at(8) };
    const revisions = [first, { revision: 5, since: at(6) }];
    client.push('candles', { revisions, series: STOCKS }, []);
    await settled();
    expect(asked.slice(calls)).toMatchObject([{ from: at(8) }]);
    client.push('candles', { revisions, series: STOCKS }, [candle(3, 140)]);
    await settled();
    expect(asked).toHaveLength(calls + 1);
    client.push('candles', { revisions: [...revisions, { revision: 6, since: at(5) }], series: STOCKS }, []);
    await settled();
    expect(asked.slice(calls + 1)).toMatchObject([{ from: at(5) }]);
  });

  it('loads nothing again for what late prices changed before it was opened', async () => {
    const { asked } = await show({}, [{ revision: 3, since: new Date(NOW - 8 * MINUTE).toISOString() }]);
    expect(asked).toHaveLength(1);
  });

  it('keeps interval and look in the address, and loads the other interval', async () => {
    const { asked, client } = await show();
    await fireEvent.click(screen.getByRole('radio', { name: '1h' }));
    client.push('candles', { revisions: [], series: STOCKS }, []);
    await fireEvent.click(screen.getByRole('radio', { name: 'Area' }));
    await settled();
    expect(location.search).toContain('interval=1h');
    expect(location.search).toContain('as=area');
    expect(asked.at(-1)).toMatchObject({ interval: '1h' });
  });

  it('says why candles cannot be loaded, and loads them when asked again', async () => {
    let broken = true;
    await show({
      'ticker.candles': () => {
        if (broken) throw new Error('the database does not answer');
        return page([candle(3, 151)]);
      },
    });
    expect(region('Chart').getByText(/the database does not answer/)).toBeTruthy();
    broken = false;
    await fireEvent.click(region('Chart').getByRole('button', { name: /retry|try again/i }));
    await settled();
    expect(region('Chart').getByText(/1 candle of 1m/)).toBeTruthy();
  });

  it('goes over to the prices of another source or currency with the quote, and says so', async () => {
    let answer = page([candle(1, 149), candle(2, 150)]);
    const { client } = await show({ 'ticker.candles': () => answer });
    expect(region('Chart').getByText('Stock API, USD')).toBeTruthy();
    answer = page([{ ...candle(9, 90), source: 'nats' }], ['nats'], 'EUR');
    client.push('candles', { revisions: [], series: { sources: ['nats'], currency: 'EUR' } }, []);
    await settled();
    expect(region('Chart').getByText(/1 candle of 1m/)).toBeTruthy();
    expect(region('Chart').getByText(/^NATS, EUR/).textContent).toBe('NATS, EUR, before: Stock API, USD');
  });

  it('says how the chart of an unknown symbol is filled', async () => {
    const { client } = await show({
      'ticker.candles': () => page([], []),
    });
    client.push('ticker', null, []);
    await settled();
    expect(region('Quote').getByText('No price of AAPL is known')).toBeTruthy();
    expect(region('Chart').getByText('No prices of AAPL recorded yet')).toBeTruthy();
  });

  it('compares with another symbol, once, and never with itself', async () => {
    await show();
    await fireEvent.click(screen.getByRole('button', { name: 'Compare' }));
    const dialog = within(await screen.findByRole('dialog'));
    const field = dialog.getByRole('textbox', { name: 'Symbol' });
    await fireEvent.input(field, { target: { value: ' aapl' } });
    await fireEvent.submit(field);
    expect(dialog.getByText('AAPL is on the chart already.')).toBeTruthy();
    await fireEvent.input(field, { target: { value: '<script>' } });
    await fireEvent.submit(field);
    expect(dialog.getByText(/A symbol is 1 to 15 of/)).toBeTruthy();
    await fireEvent.input(field, { target: { value: 'msft ' } });
    await fireEvent.submit(field);
    await settled();
    expect(location.search).toContain('beside=MSFT');
    await fireEvent.click(screen.getByRole('button', { name: 'Stop comparing with MSFT' }));
    await settled();
    expect(location.search).not.toContain('beside');
  });

  it('lets go of the symbol', async () => {
    const removed: unknown[] = [];
    await show({
      'subscription.remove': (args) => {
        removed.push(args);
        return { done: true };
      },
    });
    await fireEvent.click(screen.getByRole('button', { name: 'Unsubscribe' }));
    await settled();
    expect(removed).toEqual([{ symbol: 'AAPL' }]);
  });
});
