import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedStatus } from '../../../src-contract/client.ts';
import type { PortfolioSummary, Spark } from '../../../src-contract/portfolio.ts';
import { setAppContext } from '../../state/app-context.ts';
import { fakeApp } from '../../state/fake-app.ts';
import { fakeSummary, usd } from '../../state/fake-portfolio.ts';
import Provided from '../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../ui/time-context.ts';
import PortfoliosScreen from './PortfoliosScreen.svelte';

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await tick();
}

async function show(first?: PortfolioSummary[]) {
  const { client, app } = fakeApp();
  const time = { now: Date.parse('2026-11-21T10:00:00.000Z'), zone: 'UTC' } as typeof app.time;
  render(Provided, {
    provide: () => {
      setAppContext({ ...app, time });
      setTimeContext(time);
    },
    component: PortfoliosScreen,
    given: {},
  });
  const push = async (rows: PortfolioSummary[], env = 'demo', status?: FeedStatus) => {
    client.push('portfolios', { env }, rows, status);
    await settled();
  };
  const pushSparks = async (rows: Spark[]) => {
    client.push('sparks', { env: 'demo' }, rows);
    await settled();
  };
  if (first !== undefined) await push(first);
  return { client, app, push, pushSparks };
}

const bodyRows = () => screen.getAllByRole('row').slice(1, -1);
const slugs = () => bodyRows().map((row) => within(row).queryByRole('link')?.textContent ?? 'gone');
const totals = () => within(screen.getByRole('row', { name: 'Totals' }));
const filterBy = (value: string) =>
  fireEvent.input(screen.getByRole('searchbox', { name: 'Filter portfolios' }), { target: { value } });

beforeEach(() => history.replaceState(null, '', '/portfolios'));
afterEach(() => cleanup());

describe('the list of portfolios', () => {
  it('is ordered by value and links to the page of each', async () => {
    await show([
      fakeSummary('small', { total_value: usd('5.00') }),
      fakeSummary('large', { total_value: usd('900.00') }),
    ]);
    expect(slugs()).toEqual(['large', 'small']);
    expect(screen.getByRole('link', { name: 'large' }).getAttribute('href')).toBe('/portfolios/large');
  });

  it('opens a page by Enter', async () => {
    const { app } = await show([fakeSummary('growth-one')]);
    screen.getAllByRole('gridcell')[0]?.focus();
    await fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Enter' });
    expect(app.router.path).toBe('/portfolios/growth-one');
  });

  it('adds up what passes the filter, to the cent', async () => {
    await show([
      fakeSummary('tenth-a', { total_value: usd('0.10'), gain: usd('-0.10'), day_change: usd('0.01') }),
      fakeSummary('tenth-b', { total_value: usd('0.20'), gain: usd('0.30'), day_change: null }),
      fakeSummary('other', { total_value: usd('90071992547.41'), gain: usd('7.00') }),
    ]);
    expect(totals().getByText('$90,071,992,547.71')).toBeTruthy();
    await filterBy('tenth');
    expect(slugs()).toEqual(['tenth-b', 'tenth-a']);
    expect(totals().getByText('2 of 3')).toBeTruthy();
    expect(totals().getByText('$0.30')).toBeTruthy();
    expect(totals().getByText('+$0.20')).toBeTruthy();
    expect(totals().getByText('+$0.01')).toBeTruthy();
  });

  it('never adds up different currencies', async () => {
    await show([
      fakeSummary('dollars', { total_value: usd('10.00') }),
      fakeSummary('euros', { total_value: { amount: '5.50', currency: 'EUR' } }),
    ]);
    expect(totals().getByText('$10.00')).toBeTruthy();
    expect(totals().getByText('€5.50')).toBeTruthy();
  });

  it('marks what is partial and what is stale', async () => {
    await show([
      fakeSummary('whole'),
      fakeSummary('holed', { partial: true, freshness: 'stale', total_value: usd('1.00') }),
    ]);
    const [whole, holed] = bodyRows().map((row) => within(row));
    expect(whole?.queryByText('partial')).toBeNull();
    expect(holed?.getByText('partial')).toBeTruthy();
    expect(holed?.getByText('stale')).toBeTruthy();
  });

  it('draws the last hour of each', async () => {
    const { pushSparks } = await show([fakeSummary('growth-one')]);
    const line = () => bodyRows()[0]?.querySelector('path[stroke]')?.getAttribute('d');
    expect(line()).toBeUndefined();
    await pushSparks([{ slug: 'growth-one', points: [100, 300, 200] }]);
    expect(line()).toBe('M0,26L50,2L100,14');
  });
});

describe('while a row is selected', () => {
  const before = [
    fakeSummary('a', { total_value: usd('30.00') }),
    fakeSummary('b', { total_value: usd('20.00') }),
  ];
  const after = [
    fakeSummary('b', { total_value: usd('40.00') }),
    fakeSummary('c', { total_value: usd('90.00') }),
  ];

  it('keeps every row in its place, values current, and offers what waits', async () => {
    const { push } = await show(before);
    await fireEvent.click(within(bodyRows()[1] as HTMLElement).getByText('$20.00'));
    await push(after);
    expect(bodyRows().map((row) => row.textContent.trim().split(' ')[0])).toEqual(['Not', 'b']);
    expect(within(bodyRows()[1] as HTMLElement).getByText('$40.00')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: '1 new · 1 removed' }));
    await settled();
    expect(slugs()).toEqual(['c', 'b']);
  });

  it('shows nothing of a portfolio that is not shared any more', async () => {
    const { push } = await show(before);
    await fireEvent.click(within(bodyRows()[1] as HTMLElement).getByText('$20.00'));
    await push([fakeSummary('b', { total_value: usd('20.00') })]);
    const gone = bodyRows()[0] as HTMLElement;
    expect(gone.textContent.trim()).toBe('Not shared any more');
    expect(totals().getByText('$20.00')).toBeTruthy();
  });

  it('lets go when the environment is another one', async () => {
    const { push } = await show(before);
    await fireEvent.click(within(bodyRows()[1] as HTMLElement).getByText('$20.00'));
    await push([fakeSummary('z')], 'prod');
    expect(slugs()).toEqual(['z']);
  });
});

describe('the panel', () => {
  const panel = () => screen.getByRole('region', { name: 'Shared portfolios' });

  it('loads, then says how a portfolio comes to be shared', async () => {
    const { push } = await show();
    expect(panel().dataset['state']).toBe('loading');
    await push([]);
    expect(panel().dataset['state']).toBe('empty');
    expect(within(panel()).getByText(/demo\.portfolio\.opted_in/)).toBeTruthy();
  });

  it('keeps the last rows while stale, and says since when', async () => {
    const { push } = await show();
    const since = Date.parse('2026-11-21T09:58:00.000Z');
    await push([fakeSummary('growth-one')], 'demo', { status: 'stale', since, reason: 'the engine stopped' });
    expect(slugs()).toEqual(['growth-one']);
    expect(within(panel()).getByText(/Stale since 09:58:00/)).toBeTruthy();
  });

  it('says what failed', async () => {
    const { push } = await show();
    const error = { code: 'unavailable', message: 'the projection is rebuilding' } as const;
    await push([], 'demo', { status: 'failed', error });
    expect(within(panel()).getByRole('alert').textContent).toContain('the projection is rebuilding');
  });
});
