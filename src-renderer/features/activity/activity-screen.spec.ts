import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeActivityDay, fakeActivitySummary } from '../../state/fake-activity.ts';
import { fakeTailEvent } from '../../state/fake-analytics.ts';
import { fakeActivity, later, settled, showActivity } from './testing/show-activity.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-21T10:00:05.000Z') });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const region = (name: string) => screen.getByRole('region', { name });
const words = (name: string) => region(name).textContent.replaceAll(/\s+/g, ' ').trim();
const figure = (term: string) => {
  const value = within(region('Totals')).getByText(term).nextElementSibling;
  return [value, value?.nextElementSibling].map((part) => part?.textContent.trim().replaceAll(/\s+/g, ' '));
};
const PANELS = ['Totals', 'Activity per day', 'Hours of the week', 'Top users'];
const refused = () => Promise.reject(new Error('the database is busy'));

describe('the totals', () => {
  it('count the period and compare it with the one before', async () => {
    const twice = [fakeActivityDay('2026-10-10', { login: 32 }), ...fakeActivitySummary().days];
    await showActivity({
      'activity.summary': ({ days }) => fakeActivitySummary(days === 60 ? { days: twice } : {}),
    });
    expect(figure('Recorded')).toEqual(['40', '▲+25.00% vs the 30 days before']);
    expect(figure('Today so far')).toEqual(['10', 'yesterday 0']);
    expect(figure('Busiest day')).toEqual(['30', '19 Nov 2026']);
    expect(figure('Most frequent type')).toEqual(['login', '90.0% of 2 types']);
    expect(figure('Ever')).toEqual(['40', 'in demo, newest 5 s ago']);
  });

  it('claim no change against a period without any', async () => {
    await showActivity();
    expect(figure('Recorded')).toEqual(['40', 'none in the 30 days before']);
  });

  it('are of the days in the address, which the choice changes', async () => {
    const { asked } = await showActivity({}, { query: '?days=7' });
    expect(asked('activity.summary')).toEqual([
      { env: 'demo', days: 7 },
      { env: 'demo', days: 14 },
    ]);
    await fireEvent.click(screen.getByRole('radio', { name: '90 days' }));
    await settled();
    expect(location.search).toBe('?days=90');
    expect(asked('activity.summary').slice(2)).toEqual([
      { env: 'demo', days: 90 },
      { env: 'demo', days: 180 },
    ]);
    expect(words('Totals')).toContain('the last 90 days, UTC');
  });
});

describe('what is asked', () => {
  it('is asked again when there is more, once a second and once a minute', async () => {
    const { client, asked } = await showActivity();
    expect(asked('activity.quarters')).toEqual([{ env: 'demo', days: 29 }]);
    for (const total of [41, 42, 43]) {
      client.push('activity', fakeActivity({ total }), []);
      await settled();
    }
    expect(asked('activity.summary')).toHaveLength(2);
    await later(1000);
    expect(asked('activity.summary').slice(2)).toEqual([{ env: 'demo', days: 30 }]);
    expect(asked('activity.quarters')).toHaveLength(1);
    await later(59_000);
    expect(asked('activity.summary').slice(3)).toEqual([{ env: 'demo', days: 60 }]);
    expect(asked('activity.quarters')).toHaveLength(2);
    await later(300_000);
    expect(asked('activity.summary')).toHaveLength(4);
  });

  it('is asked of the environment that is active now', async () => {
    const { client, asked } = await showActivity();
    client.push('activity', fakeActivity({ env: 'beta' }), []);
    await settled();
    expect(asked('activity.summary').at(-1)).toEqual({ env: 'beta', days: 60 });
  });

  it('is asked no more when the screen is gone', async () => {
    const { client, asked } = await showActivity();
    client.push('activity', fakeActivity({ total: 41 }), []);
    await settled();
    cleanup();
    await later(120_000);
    expect(asked('activity.summary')).toHaveLength(2);
    expect(client.openFeeds('activity')).toBe(0);
  });
});

describe('the states of the panels', () => {
  it('are loading until something is known', async () => {
    await showActivity({}, { activity: null });
    for (const name of PANELS) expect(region(name).dataset['state'], name).toBe('loading');
    for (const name of ['Totals', 'Top users'])
      expect(region(name).textContent, name).toContain('the last 30 days');
  });

  it('say how to fill them, with the address of this very host', async () => {
    await showActivity({}, { activity: fakeActivity({ total: 0, newest_at: null }) });
    for (const name of [...PANELS, 'Latest activity']) {
      expect(region(name).dataset['state'], name).toBe('empty');
      const command = within(region(name)).getByRole('group', { name: 'Command' }).textContent;
      expect(command).toContain(`curl -X POST ${location.origin}/api/activity`);
    }
  });

  it('say why no answer came, and ask again when told to', async () => {
    let broken = true;
    await showActivity({
      'activity.summary': () => (broken ? refused() : fakeActivitySummary()),
    });
    expect(within(region('Top users')).getByRole('alert').textContent).toContain('the database is busy');
    broken = false;
    await fireEvent.click(within(region('Top users')).getByRole('button'));
    await settled();
    expect(region('Top users').dataset['state']).toBe('live');
  });

  it('keep the last answer while the next does not come, and mark it as stale', async () => {
    let broken = false;
    const { client } = await showActivity({
      'activity.summary': () => (broken ? refused() : fakeActivitySummary()),
    });
    broken = true;
    client.push('activity', fakeActivity({ total: 41 }), []);
    await later(1000);
    expect(within(region('Top users')).getByText(/Stale since 10:00:05/)).toBeTruthy();
    expect(words('Top users')).toContain('ann');
    expect(region('Hours of the week').dataset['state']).toBe('live');
  });

  it('say so when the period has none, while there is some elsewhere', async () => {
    await showActivity({ 'activity.summary': () => fakeActivitySummary({ days: [], top_users: [] }) });
    expect(words('Activity per day')).toContain('No activity in the last 30 days.');
    expect(words('Top users')).toContain('Nobody was active in the last 30 days.');
    expect(figure('Busiest day')).toEqual(['—', 'no day had any']);
  });
});

describe('the activity per day', () => {
  it('is told in a sentence, and in a table behind the chart with the days without any', async () => {
    await showActivity({}, { query: '?days=7' });
    expect(words('Activity per day')).toContain(
      '40 activities in the last 7 days; most, 30, on 19 Nov 2026; most frequent type login.',
    );
    await fireEvent.click(within(region('Activity per day')).getByRole('button', { name: 'Show as table' }));
    const rows = within(region('Activity per day')).getAllByRole('row');
    expect(rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())).slice(0, 4)).toEqual([
      ['Day (UTC)', 'All', 'login', 'export'],
      ['21 Nov 2026', '10', '6', '4'],
      ['20 Nov 2026', '0', '0', '0'],
      ['19 Nov 2026', '30', '30', '0'],
    ]);
    expect(rows).toHaveLength(8);
  });

  it('stands in a table whatever its types are called', async () => {
    const days = [fakeActivityDay('2026-11-21', { All: 2, 'Day (UTC)': 1 })];
    await showActivity({ 'activity.summary': () => fakeActivitySummary({ days }) });
    await fireEvent.click(within(region('Activity per day')).getByRole('button', { name: 'Show as table' }));
    const headers = within(region('Activity per day')).getAllByRole('columnheader');
    expect(headers.map(({ textContent }) => textContent.trim())).toEqual([
      'Day (UTC)',
      'All',
      'All',
      'Day (UTC)',
    ]);
  });

  it('reads a day out by keyboard, and all of them again on Escape', async () => {
    await showActivity();
    const chart = screen.getByRole('group', { name: /^Activity per day\./ });
    const readout = () => words('Activity per day').split('Arrow')[0];
    expect(readout()).toContain('All 30 days 40');
    await fireEvent.keyDown(chart, { key: 'ArrowLeft' });
    expect(readout()).toContain('21 Nov 2026 10');
    await fireEvent.keyDown(chart, { key: 'ArrowLeft' });
    expect(readout()).toContain('20 Nov 2026 0');
    expect(within(chart).getByText('20 Nov 2026: 0')).toBeTruthy();
    await fireEvent.keyDown(chart, { key: 'Escape' });
    expect(readout()).toContain('All 30 days 40');
  });
});

describe('the hours of the week', () => {
  it('are those of the chosen time zone', async () => {
    await showActivity({}, { zone: 'Europe/Berlin' });
    expect(words('Hours of the week')).toContain('the last 4 weeks, Europe/Berlin');
    expect(words('Hours of the week')).toContain('Busiest: Fri 00–01: 30');
  });

  it('are read out cell by cell, and stand in a table', async () => {
    await showActivity();
    const map = screen.getByRole('group', { name: /^Activity by weekday and hour\./ });
    expect(words('Hours of the week')).toContain('Busiest: Thu 23–24: 30');
    await fireEvent.keyDown(map, { key: 'ArrowRight' });
    for (let row = 0; row < 5; row += 1) await fireEvent.keyDown(map, { key: 'ArrowDown' });
    for (let hour = 0; hour < 9; hour += 1) await fireEvent.keyDown(map, { key: 'ArrowRight' });
    expect(within(map).getByText('Sat 09–10: 10')).toBeTruthy();
    await fireEvent.click(within(region('Hours of the week')).getByRole('button', { name: 'Show as table' }));
    const row = within(region('Hours of the week')).getByRole('row', { name: /^09–10/ });
    expect(within(row).getAllByRole('cell')[5]?.textContent).toBe('10');
  });
});

describe('the pointer', () => {
  const pointed = (type: string, pointerType: string) =>
    Object.assign(new Event(type, { bubbles: true }), { pointerType, clientX: 0 });

  it.each([
    ['mouse', 'Busiest: Thu 23–24: 30'],
    ['touch', 'Mon 01–02: 0'],
  ])('of a %s reads a cell out, and when it is gone the panel says: %s', async (pointerType, afterwards) => {
    await showActivity();
    const map = screen.getByRole('group', { name: /^Activity by weekday and hour\./ });
    const cell = map.querySelector('[data-cell="1"]');
    if (cell === null) throw new Error('the map has no cell');
    await fireEvent(cell, pointed('pointermove', pointerType));
    expect(words('Hours of the week')).toContain('Mon 01–02: 0');
    await fireEvent(cell.parentElement ?? cell, pointed('pointerleave', pointerType));
    expect(words('Hours of the week')).toContain(afterwards);
  });
});

describe('the top users', () => {
  it('are listed with share and count', async () => {
    await showActivity();
    const lines = within(within(region('Top users')).getByRole('list'))
      .getAllByRole('listitem')
      .map((line) => line.textContent.replaceAll(/\s+/g, ' ').trim());
    expect(lines).toEqual(['ann 62.5% 25', 'bob 37.5% 15']);
  });
});

describe('the latest activity', () => {
  it('is listed newest first and can be inspected', async () => {
    const { client } = await showActivity();
    client.push('eventTail', { env: 'demo', seen: 2 }, [fakeTailEvent(1), fakeTailEvent(2)]);
    await settled();
    const rows = within(region('Latest activity')).getAllByRole('button', { name: /type_/ });
    expect(rows.map((row) => /type_\d/.exec(row.textContent)?.[0])).toEqual(['type_2', 'type_1']);
    const first = rows[0];
    if (first === undefined) throw new Error('no event is listed');
    await fireEvent.click(first);
    expect(screen.getByRole('dialog', { name: 'Event type_2' })).toBeTruthy();
  });
});
