import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeAnswers } from '../../../src-contract/fake-client.ts';
import type { Community } from '../../../src-contract/portfolio.ts';
import { setAppContext } from '../../state/app-context.ts';
import { fakeActivitySummary } from '../../state/fake-activity.ts';
import { fakeApp } from '../../state/fake-app.ts';
import { fakeRun, fakeStats } from '../../state/fake-invoice.ts';
import { fakeCommunity, usd } from '../../state/fake-portfolio.ts';
import { fakeStatus } from '../../state/fake-status.ts';
import { fakeQuote, fakeWatchlist } from '../../state/fake-ticker.ts';
import Provided from '../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../ui/time-context.ts';
import OverviewScreen from './OverviewScreen.svelte';

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await tick();
}

async function show(community: Community | null = fakeCommunity(), answers: FakeAnswers = {}) {
  const { client, app } = fakeApp({ 'community.history': () => ({ items: [] }), ...answers });
  const time = { now: Date.parse('2026-11-21T10:00:00.000Z'), zone: 'UTC' } as typeof app.time;
  render(Provided, {
    provide: () => {
      setAppContext({ ...app, time });
      setTimeContext(time);
    },
    component: OverviewScreen,
    given: {},
  });
  client.push('status', fakeStatus(), []);
  if (community !== null) client.push('community', community, []);
  await settled();
  const push = async (next: Community, env = 'demo') => {
    client.push('status', fakeStatus({ env }), []);
    client.push('community', next, []);
    await settled();
  };
  return { client, push };
}

const region = (name: string) => within(screen.getByRole('region', { name }));
const words = (element: HTMLElement) => element.textContent.replaceAll(/\s+/g, ' ').trim();

afterEach(() => cleanup());

describe('the totals', () => {
  it('show value, change and gain with their signs', async () => {
    await show();
    const totals = region('Community');
    expect(totals.getByText('$3,000.00')).toBeTruthy();
    expect(totals.getByText('-$12.34')).toBeTruthy();
    expect(totals.getByText('+$100.00')).toBeTruthy();
    expect(totals.queryByText('Partial')).toBeNull();
  });

  it('say that they are partial, stale in price, or empty', async () => {
    const { push } = await show(fakeCommunity({ partial: true, freshness: 'stale' }));
    expect(region('Community').getByText('Partial')).toBeTruthy();
    expect(region('Community').getByText('stale')).toBeTruthy();
    await push(fakeCommunity({ portfolio_count: 0 }));
    expect(region('Community').getByText('No portfolio is shared')).toBeTruthy();
  });

  it('keep their place while loading', async () => {
    await show(null);
    expect(screen.getByRole('region', { name: 'Community' }).dataset['state']).toBe('loading');
    expect(screen.getByRole('region', { name: 'Biggest movers today' }).dataset['state']).toBe('loading');
  });
});

describe('the watchlist', () => {
  it('shows the first eight symbols of the first list in its order', async () => {
    const { client } = await show();
    const symbols = Array.from({ length: 9 }, (_, index) => `S${9 - index}`);
    const lists = [fakeWatchlist(symbols), fakeWatchlist(['OTHER'], { id: 'b', name: 'B' })];
    client.push('quotes', { env: 'demo', watchlists: lists }, [fakeQuote('S9', { price: 12.5 })]);
    await settled();
    const items = region('Watchlist').getAllByRole('listitem');
    expect(items.map((item) => within(item).getByRole('link').textContent)).toEqual(symbols.slice(0, 8));
    expect(within(items[0] as HTMLElement).getByText('12.50')).toBeTruthy();
    expect(within(items[1] as HTMLElement).getByText('no price')).toBeTruthy();
  });

  it('says how it is filled', async () => {
    const { client } = await show();
    client.push('quotes', { env: 'demo', watchlists: [fakeWatchlist([])] }, []);
    await settled();
    expect(region('Watchlist').getByText(/subscribe to some in Tickers/)).toBeTruthy();
  });
});

describe('the lists', () => {
  it('link movers and opt-ins to their pages, and name nobody who left', async () => {
    await show();
    const movers = region('Biggest movers today').getAllByRole('listitem');
    expect(movers.map(words)).toEqual([
      expect.stringMatching(/^growth-one .*\+\$40\.00 \(\+2\.00%\)$/),
      expect.stringMatching(/^value-two .*-\$9\.00 \(-0\.90%\)$/),
    ]);
    const recent = region('Latest opt-ins and opt-outs');
    expect(recent.getByRole('link', { name: 'growth-one' }).getAttribute('href')).toBe(
      '/portfolios/growth-one',
    );
    expect(recent.getByText('a portfolio that is not shared any more')).toBeTruthy();
  });

  it('name the symbols that most portfolios hold', async () => {
    await show();
    const held = region('Most held symbols').getAllByRole('listitem').map(words);
    expect(held[0]).toMatch(/AAPL 2 portfolios 150\.00 \$1,500\.00$/);
    expect(held[1]).toMatch(/MSFT 1 portfolio —unknown /);
  });

  it('stand still under the pointer', async () => {
    const { push } = await show();
    const list = region('Biggest movers today').getByRole('list');
    await fireEvent(list, new PointerEvent('pointerenter', { pointerType: 'mouse' }));
    const community = fakeCommunity();
    await push({ ...community, movers: community.movers.toReversed() });
    expect(words(within(list).getAllByRole('listitem')[0] as HTMLElement)).toContain('growth-one');
    await fireEvent(list, new PointerEvent('pointerleave', { pointerType: 'mouse' }));
    await settled();
    expect(words(within(list).getAllByRole('listitem')[0] as HTMLElement)).toContain('value-two');
  });

  it('hold opt-ins back under the pointer too', async () => {
    const { push } = await show();
    const list = region('Latest opt-ins and opt-outs').getByRole('list');
    await fireEvent(list, new PointerEvent('pointerenter', { pointerType: 'mouse' }));
    const newest = { at: '2026-11-21T10:00:00.000Z', slug: 'newcomer', change: 'opted_in' } as const;
    await push(fakeCommunity({ recent: [newest, ...fakeCommunity().recent] }));
    expect(within(list).queryByText('newcomer')).toBeNull();
    await fireEvent(list, new PointerEvent('pointerleave', { pointerType: 'mouse' }));
    await settled();
    expect(within(list).getByText('newcomer')).toBeTruthy();
  });
});

describe('the history', () => {
  const point = (minute: string, value: string) => ({
    at: `2026-11-21T${minute}:00.000Z`,
    value: usd(value),
    cost: usd('1.00'),
    portfolio_count: 1,
  });

  it('continues with the live total', async () => {
    await show(fakeCommunity(), { 'community.history': () => ({ items: [point('09:58', '2990.00')] }) });
    const figure = region('Total value over time').getByRole('figure');
    expect(words(figure)).toContain('from $2,990.00 at 21 Nov 2026, 09:58:00 to $3,000.00');
  });

  it('is empty while nobody has shared anything, though minutes of nothing are recorded', async () => {
    const nobody = fakeCommunity({ portfolio_count: 0, total_value: usd('0.00'), cost_basis: usd('0.00') });
    const minute = { ...point('09:58', '0.00'), cost: usd('0.00'), portfolio_count: 0 };
    const { push } = await show(nobody, { 'community.history': () => ({ items: [minute] }) });
    expect(region('Total value over time').queryByRole('figure')).toBeNull();
    expect(region('Total value over time').getByText(/recorded every minute/)).toBeTruthy();
    await push(fakeCommunity());
    expect(region('Total value over time').getByRole('figure')).toBeTruthy();
  });

  it('shows nothing of the environment before', async () => {
    const { push } = await show(fakeCommunity(), {
      'community.history': ({ env }) => ({ items: env === 'prod' ? [] : [point('09:58', '2990.00')] }),
    });
    await push(fakeCommunity({ total_value: usd('7.00') }), 'prod');
    const summary = words(region('Total value over time').getByRole('figure'));
    expect(summary).not.toContain('$2,990.00');
    expect(summary).toContain('$7.00');
  });
});

describe('sources and throughput', () => {
  it('say how each source is doing', async () => {
    const { client } = await show();
    expect(region('Sources').getByText('Demo feed')).toBeTruthy();
    const since = '2026-11-21T09:30:00.000Z';
    const nats = { id: 'nats', title: 'NATS', since, retry_at: null, delivery: null };
    const source = { ...nats, state: 'unreachable', detail: 'connection refused' } as const;
    client.push('status', fakeStatus({ sources: [source] }), []);
    await settled();
    expect(region('Sources').getByText(/unreachable/i)).toBeTruthy();
    expect(region('Sources').getByText(/connection refused/)).toBeTruthy();
  });

  it('show events a second and what is stored', async () => {
    await show();
    expect(region('Throughput').getByText('25.0/s')).toBeTruthy();
    expect(region('Throughput').getByText('6 events stored')).toBeTruthy();
  });
});

describe('the invoice run', () => {
  it('shows its gauge and is stopped there', async () => {
    const running = fakeRun({ state: 'running', planned: 1500, produced: 10, shown: 4, waiting: 6 });
    const { client } = await show(undefined, { 'control.stop': () => running });
    client.push('invoiceRun', running, []);
    client.push('invoiceStats', fakeStats(), []);
    await settled();
    const gauge = region('Invoice run').getByRole('meter', { name: 'Produced, shown and waiting' });
    expect(gauge.getAttribute('aria-valuetext')).toBe('10 of 1,500 produced: 4 shown, 6 waiting');
    await fireEvent.click(region('Invoice run').getByRole('button', { name: 'Stop' }));
    expect(client.calls).toContainEqual({ name: 'control.stop', args: {} });
  });

  it('says outside of demo that it stands still', async () => {
    const { client, push } = await show();
    await push(fakeCommunity(), 'prod');
    client.push('invoiceRun', fakeRun(), []);
    await settled();
    expect(region('Invoice run').getByText('The simulator runs in demo; prod is active.')).toBeTruthy();
    expect(region('Invoice run').queryByRole('button')).toBeNull();
  });
});

describe('the activity of today', () => {
  const activity = { env: 'demo', total: 40, newest_at: null };

  it('is told with that of yesterday, and leads to its screen', async () => {
    const { client } = await show(fakeCommunity(), { 'activity.summary': () => fakeActivitySummary() });
    client.push('activity', activity, []);
    await settled();
    expect(words(screen.getByRole('region', { name: 'Activity today' }))).toContain(
      '10 mostly login; yesterday 0',
    );
    expect(region('Activity today').getByRole('link', { name: 'Activity' }).getAttribute('href')).toBe(
      '/activity',
    );
  });

  it('is asked of the active environment only', async () => {
    const { client } = await show();
    const asked = () =>
      client.calls.filter(({ name }) => name === 'activity.summary').map(({ args }) => args);
    client.push('activity', { ...activity, env: 'beta' }, []);
    await settled();
    expect(asked()).toEqual([]);
    client.push('activity', activity, []);
    await settled();
    expect(asked()).toEqual([{ env: 'demo', days: 14 }]);
  });

  it('says how it comes to be', async () => {
    const { client } = await show();
    client.push('activity', { ...activity, total: 0 }, []);
    await settled();
    expect(region('Activity today').getByText('No activity has been recorded yet')).toBeTruthy();
  });
});
