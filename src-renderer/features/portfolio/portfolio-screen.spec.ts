import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { FeedStatus } from '../../../src-contract/client.ts';
import type { FakeAnswers } from '../../../src-contract/fake-client.ts';
import type { Holding, PortfolioSummary, TimelineEntry } from '../../../src-contract/portfolio.ts';
import { setAppContext } from '../../state/app-context.ts';
import { fakeApp } from '../../state/fake-app.ts';
import { fakeHolding, fakeSummary, usd } from '../../state/fake-portfolio.ts';
import Provided from '../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../ui/time-context.ts';
import PortfolioScreen from './PortfolioScreen.svelte';

const entry = (minute: number, patch: Partial<TimelineEntry> = {}): TimelineEntry => ({
  at: `2026-11-21T09:${String(minute).padStart(2, '0')}:00.000Z`,
  change: 'updated',
  holding_count: 2,
  added: [],
  removed: [],
  ...patch,
});

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await tick();
}

async function show(answers: FakeAnswers = {}) {
  const { client, app } = fakeApp({
    'portfolio.history': () => ({
      items: [{ at: '2026-11-21T09:58:00.000Z', value: usd('990.00'), cost: usd('900.00') }],
    }),
    'portfolio.timeline': () => ({ items: [entry(30)], next_cursor: null }),
    ...answers,
  });
  const time = { now: Date.parse('2026-11-21T10:00:00.000Z'), zone: 'UTC' } as typeof app.time;
  render(Provided, {
    provide: () => {
      setAppContext({ ...app, time });
      setTimeContext(time);
    },
    component: PortfolioScreen,
    given: { slug: 'growth-one' },
  });
  const push = async (head: PortfolioSummary | null, rows: Holding[] = [], status?: FeedStatus) => {
    client.push('portfolio', head, rows, status);
    await settled();
  };
  return { client, push };
}

const region = (name: string) => within(screen.getByRole('region', { name }));
const HOLDINGS = [
  fakeHolding('AAPL', { value: usd('0.10'), gain: usd('0.01'), weight: 0.333 }),
  fakeHolding('MSFT', { value: usd('0.20'), gain: usd('-0.03'), weight: 0.667 }),
];

afterEach(() => cleanup());

describe('the metrics', () => {
  it('name value, change, gain and cost', async () => {
    const { push } = await show();
    await push(fakeSummary('growth-one'), HOLDINGS);
    const metrics = region('Metrics');
    expect(metrics.getByText('$1,000.00')).toBeTruthy();
    expect(metrics.getByText('+$10.00')).toBeTruthy();
    expect(metrics.getByText('(+11.11%)')).toBeTruthy();
    expect(metrics.getByText('$900.00')).toBeTruthy();
  });

  it('say how fresh they are, as of when and from where', async () => {
    const { push } = await show();
    await push(fakeSummary('growth-one', { freshness: 'late' }), HOLDINGS);
    const header = screen.getByRole('heading', { name: 'growth-one', level: 1 }).closest('header');
    expect(header?.textContent).toContain('late');
    expect(header?.textContent).toContain('as of 09:59:58');
    expect(header?.textContent).toContain('from demo');
  });

  it('say that a total is partial', async () => {
    const { push } = await show();
    await push(fakeSummary('growth-one', { partial: true }), HOLDINGS);
    expect(region('Metrics').getByText('Partial')).toBeTruthy();
  });
});

describe('the holdings', () => {
  it('are ordered by value, with totals to the cent', async () => {
    const { push } = await show();
    await push(fakeSummary('growth-one'), HOLDINGS);
    const rows = region('Holdings').getAllByRole('row');
    expect(rows.slice(1, -1).map((row) => within(row).getAllByRole('gridcell')[0]?.textContent)).toEqual([
      expect.stringContaining('MSFT'),
      expect.stringContaining('AAPL'),
    ]);
    const totals = within(region('Holdings').getByRole('row', { name: 'Totals' }));
    expect(totals.getByText('$0.30')).toBeTruthy();
    expect(totals.getByText('-$0.02')).toBeTruthy();
  });

  it('say which has no price', async () => {
    const { push } = await show();
    const unpriced = fakeHolding('NEW', {
      price: null,
      value: null,
      gain: null,
      weight: null,
      freshness: 'none',
    });
    await push(fakeSummary('growth-one', { partial: true }), [unpriced]);
    expect(region('Holdings').getAllByText('no price').length).toBeGreaterThan(0);
    expect(region('Allocation').getByText('Nothing has a value yet')).toBeTruthy();
  });
});

describe('the allocation', () => {
  it('lists every share beside the ring', async () => {
    const { push } = await show();
    await push(fakeSummary('growth-one'), HOLDINGS);
    const list = within(region('Allocation').getByRole('list', { name: 'Allocation by symbol' }));
    expect(
      list.getAllByRole('listitem').map((item) => item.textContent.replaceAll(/\s+/g, ' ').trim()),
    ).toEqual(['MSFT 66.7%', 'AAPL 33.3%']);
  });
});

describe('a portfolio that is not shared', () => {
  it('says so and links back, whatever was shown before', async () => {
    const { push } = await show();
    await push(fakeSummary('growth-one'), HOLDINGS);
    await push(null);
    expect(screen.getByText('growth-one is not shared')).toBeTruthy();
    expect(screen.queryByText('$1,000.00')).toBeNull();
    expect(screen.queryByRole('region', { name: 'Holdings' })).toBeNull();
    const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
    expect(links).toContain('/portfolios');
  });

  it('comes back by itself when it is shared again', async () => {
    const { push } = await show();
    await push(null);
    await push(fakeSummary('growth-one'), HOLDINGS);
    expect(region('Metrics').getByText('$1,000.00')).toBeTruthy();
  });
});

describe('the value history', () => {
  it('continues the stored minutes with the live value, in words and as a table', async () => {
    const { push } = await show();
    await push(fakeSummary('growth-one'), HOLDINGS);
    const history = region('Value over time');
    expect(history.getByRole('figure').textContent).toContain('to $1,000.00 at 21 Nov 2026, 10:00:00');
    await fireEvent.click(history.getByRole('button', { name: 'Show as table' }));
    const rows = history
      .getAllByRole('row')
      .map((row) => Array.from(row.children, (cell) => cell.textContent.trim()).join(' '));
    expect(rows[1]).toBe('21 Nov 2026, 10:00:00 $1,000.00 $900.00');
    expect(rows[2]).toBe('21 Nov 2026, 09:58:00 $990.00 $900.00');
  });

  it('says why it cannot be shown', async () => {
    const { push } = await show({
      'portfolio.history': async () => {
        throw new Error('the reader is restarting');
      },
    });
    await push(fakeSummary('growth-one'), HOLDINGS);
    expect(region('Value over time').getByRole('alert').textContent).toContain('the reader is restarting');
  });
});

describe('the timeline', () => {
  const paged: FakeAnswers = {
    'portfolio.timeline': ({ cursor }) =>
      cursor === undefined
        ? { items: [entry(30, { added: ['AAPL'] })], next_cursor: 'older' }
        : { items: [entry(10, { change: 'opted_in' })], next_cursor: null },
  };

  it('lists what happened, and older entries on request', async () => {
    const { push } = await show(paged);
    await push(fakeSummary('growth-one'), HOLDINGS);
    expect(region('Timeline').getByText('+ AAPL')).toBeTruthy();
    await fireEvent.click(region('Timeline').getByRole('button', { name: 'Show older' }));
    await settled();
    expect(region('Timeline').getByText('Opted in')).toBeTruthy();
    expect(region('Timeline').queryByRole('button', { name: 'Show older' })).toBeNull();
  });

  it('renews itself when the portfolio changes, but not under a reader', async () => {
    const { client, push } = await show();
    const asked = () => client.calls.filter((call) => call.name === 'portfolio.timeline').length;
    await push(fakeSummary('growth-one', { updated_at: '2026-11-21T09:30:00.000Z' }), HOLDINGS);
    expect(asked()).toBe(1);
    await push(fakeSummary('growth-one', { updated_at: '2026-11-21T09:31:00.000Z' }), HOLDINGS);
    expect(asked()).toBe(2);
    const list = region('Timeline').getByRole('list').parentElement as HTMLElement;
    await fireEvent(list, new PointerEvent('pointerenter', { pointerType: 'mouse' }));
    await push(fakeSummary('growth-one', { updated_at: '2026-11-21T09:32:00.000Z' }), HOLDINGS);
    expect(asked()).toBe(2);
    await fireEvent.click(region('Timeline').getByRole('button', { name: 'Show newer' }));
    await settled();
    expect(asked()).toBe(3);
    expect(region('Timeline').queryByRole('button', { name: 'Show newer' })).toBeNull();
  });
});

describe('while the link is broken', () => {
  it('keeps what was known and says since when', async () => {
    const { push } = await show();
    const since = Date.parse('2026-11-21T09:59:59.000Z');
    await push(fakeSummary('growth-one'), HOLDINGS, { status: 'stale', since, reason: 'the engine stopped' });
    expect(region('Metrics').getByText('$1,000.00')).toBeTruthy();
    expect(region('Metrics').getByText(/Stale since 09:59:59/)).toBeTruthy();
  });
});
