import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeFigures, fakeSeries } from '../../state/fake-analytics.ts';
import { fakeStatus } from '../../state/fake-status.ts';
import { settled, showAnalytics } from './testing/show-analytics.svelte.ts';

const region = (name: string) => screen.getByRole('region', { name });
const words = (name: string) => region(name).textContent.replaceAll(/\s+/g, ' ');
const figure = (term: string) => {
  const value = within(region('Figures')).getByText(term).nextElementSibling;
  return [value, value?.nextElementSibling].map((part) => part?.textContent.trim().replaceAll(/\s+/g, ' '));
};

afterEach(() => cleanup());

describe('the figures', () => {
  it('say what was counted, how fast, and what it is worth', async () => {
    await showAnalytics();
    expect(figure('Processed')).toEqual(['12,345', 'events of demo ever']);
    expect(figure('Rate')).toEqual(['1.2/s', 'over the last 5 s']);
    expect(figure('In the window')).toEqual(['900', 'events that occurred in it']);
    expect(figure('Average value')).toEqual(['10', '-2.5 to 99.75']);
    expect(figure('Distinct users')).toEqual(['321', 'estimated, standard error 1.6 %']);
  });

  it('say how long events took until they were committed and counted', async () => {
    await showAnalytics();
    const rows = within(within(region('Figures')).getByRole('table'))
      .getAllByRole('row')
      .slice(1);
    expect(
      rows.map((row) =>
        within(row)
          .getAllByRole('cell')
          .map((cell) => cell.textContent.trim()),
      ),
    ).toEqual([
      ['commit', '1.2 ms', '3.6 ms', '6.0 ms', '24.0 ms'],
      ['projection', '1.5 ms', '4.5 ms', '7.5 ms', '30.0 ms'],
    ]);
  });

  it('claim no value and no latency where nothing was measured', async () => {
    const none = { count: 0, p50_us: 0, p95_us: 0, p99_us: 0, max_us: 0 };
    const value = { count: 0, sum: null, average: null, min: null, max: null };
    await showAnalytics({ figures: fakeFigures({ value, latency: { commit: none, projection: none } }) });
    expect(figure('Average value')).toEqual(['—', 'no event had a value']);
    expect(within(region('Figures')).getAllByText('nothing measured')).toHaveLength(8);
  });

  it('are of the window in the address, which the choice changes', async () => {
    const { app, client } = await showAnalytics({}, {}, '?window=1h');
    expect(words('Figures')).toContain('the last hour');
    await fireEvent.click(screen.getByRole('radio', { name: '5 min' }));
    client.push('analytics', fakeFigures({ window: '5m' }), []);
    await settled();
    expect(location.search).toBe('?window=5m');
    expect(words('Figures')).toContain('the last 5 minutes');
    expect(app.feed('analytics', { window: '5m' }).loaded).toBe(true);
    expect(client.openFeeds('analytics')).toBe(1);
  });
});

describe('the states of the panels', () => {
  it('are loading until something is known', async () => {
    await showAnalytics({ figures: null, pipeline: null });
    for (const name of ['Figures', 'Pipeline', 'Events over time', 'Top types']) {
      expect(region(name).getAttribute('data-state'), name).toBe('loading');
    }
  });

  it('say how to fill them, with the address of this very host', async () => {
    await showAnalytics({ figures: fakeFigures({ processed: 0, from: null }), series: [] });
    for (const name of ['Figures', 'Events over time', 'Top types', 'Live tail']) {
      expect(region(name).getAttribute('data-state'), name).toBe('empty');
      const command = within(region(name)).getByRole('group', { name: 'Command' }).textContent;
      expect(command).toContain(`curl -X POST ${location.origin}/api/events`);
    }
  });

  it('keep what they show when the link breaks, and mark it as stale', async () => {
    const { client } = await showAnalytics();
    const since = Date.parse('2026-11-21T09:59:00.000Z');
    client.push('analytics', fakeFigures(), fakeSeries([1]), {
      status: 'stale',
      since,
      reason: 'the engine stopped',
    });
    await settled();
    expect(within(region('Figures')).getByText(/Stale since 09:59:00/)).toBeTruthy();
    expect(figure('Processed')[0]).toBe('12,345');
  });

  it('say why a feed was refused', async () => {
    const { client } = await showAnalytics();
    const error = { code: 'unavailable' as const, message: 'the engine is starting' };
    client.push(
      'pipeline',
      { env: '', bottleneck: null, sources: [], windows: { open: 0, waiting: 0 } },
      [],
      {
        status: 'failed',
        error,
      },
    );
    await settled();
    expect(within(region('Pipeline')).getByRole('alert').textContent).toContain('the engine is starting');
  });
});

describe('the series', () => {
  it('is told in a sentence and in a table behind the chart', async () => {
    await showAnalytics({ series: fakeSeries([3, 0, 4]), figures: fakeFigures({ from: null }) });
    expect(words('Events over time')).toContain(
      '7 events in the last 15 minutes, in buckets of 1 min; most, 4',
    );
    await fireEvent.click(screen.getByRole('button', { name: 'Show as table' }));
    const rows = within(region('Events over time')).getAllByRole('row').slice(1);
    expect(
      rows.map((row) =>
        within(row)
          .getAllByRole('cell')
          .map((cell) => cell.textContent),
      ),
    ).toEqual([
      ['4', '10'],
      ['0', '10'],
      ['3', '10'],
    ]);
  });

  it('can be that of the average value', async () => {
    await showAnalytics();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Events' }).checked).toBe(true);
    await fireEvent.click(screen.getByRole('radio', { name: 'Average value' }));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Average value' }).checked).toBe(true);
  });
});

describe('the top types', () => {
  it('are listed with count, share and average', async () => {
    await showAnalytics();
    const list = within(region('Top types')).getByRole('list', { name: 'Top types' });
    const lines = within(list)
      .getAllByRole('listitem')
      .map((line) => line.textContent.replaceAll(/\s+/g, ' ').trim());
    expect(lines).toEqual(['page_view 75.0% 675', 'purchase ⌀ 42.5 25.0% 225']);
  });

  it('say what is beyond the cap, and what is frequent there', async () => {
    const frequent = [
      { type: 'late_riser', count: 120, error: 20 },
      { type: 'sure', count: 7, error: 0 },
    ];
    await showAnalytics({ figures: fakeFigures({ types: { known: 1000, cap: 1000, other: 45, frequent } }) });
    expect(words('Top types')).toContain('45 of 900 events in this window are of other types');
    const list = within(region('Top types')).getByRole('list', { name: 'Frequent types beyond the limit' });
    expect(list.textContent.replaceAll(/\s+/g, ' ')).toContain('late_riser 120, at least 100');
    expect(list.textContent.replaceAll(/\s+/g, ' ').trim().endsWith('sure 7')).toBe(true);
  });

  it('say of a type beyond the cap how often it came at least', async () => {
    const late = { type: 'late_riser', count: 1100, share: 0.5, average: null, exact: false };
    await showAnalytics({ figures: fakeFigures({ top_types: [late] }) });
    const line = within(region('Top types')).getByRole('list', { name: 'Top types' });
    expect(line.textContent.replaceAll(/\s+/g, ' ').trim()).toBe('late_riser 50.0% ≥ 1,100');
  });

  it('say nothing of a cap that is far', async () => {
    await showAnalytics();
    expect(words('Top types')).not.toContain('other types');
  });
});

describe('the way to the rejects', () => {
  it('says how many there are', async () => {
    const ledger = { received: 20, stored: 17, repeated: 0, rejected: 3, waiting: 0 };
    await showAnalytics({ status: fakeStatus({ ledger }) });
    expect(screen.getByRole('link', { name: '3 rejects' }).getAttribute('href')).toBe('/analytics/rejects');
  });
});
