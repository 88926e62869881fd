import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeAnswers } from '../../../../src-contract/fake-client.ts';
import { fakeReject, fakeRejectDetail } from '../../../state/fake-analytics.ts';
import { later, settled, showRejects } from '../testing/show-analytics.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const listing = (...ids: number[]): FakeAnswers => ({
  'rejects.list': () => ({ items: ids.map((id) => fakeReject(id)), next_cursor: null }),
  'reject.get': ({ id }) => fakeRejectDetail(id),
});
const rows = () => within(screen.getByRole('list', { name: 'Rejected events' })).getAllByRole('listitem');
const reasons = () => rows().map((row) => /\((\d+)\)/.exec(row.textContent)?.[1]);
const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('the list of rejects', () => {
  it('asks for those that are open and shows reason, subject and source', async () => {
    const { sent } = await showRejects(listing(2, 1), 2);
    expect(sent('rejects.list')).toEqual([{ state: 'open', limit: 100 }]);
    expect(rows()[0]?.textContent.replaceAll(/\s+/g, ' ')).toContain(
      '10:00:00 demo.analytics.event value must be a number (2) http',
    );
  });

  it('is renewed when there are more, but not more often than every two seconds', async () => {
    const ids = [2, 1];
    const { count, clock, sent } = await showRejects(
      { 'rejects.list': () => ({ items: ids.map((id) => fakeReject(id)), next_cursor: null }) },
      2,
    );
    ids.unshift(3);
    await count(3);
    expect(reasons()).toEqual(['2', '1']);
    clock.now += 2000;
    await settled();
    expect(reasons()).toEqual(['3', '2', '1']);
    expect(sent('rejects.list')).toHaveLength(2);
  });

  it('holds still while rejects are chosen, and shows newer ones when asked', async () => {
    const ids = [2, 1];
    const { count, clock } = await showRejects(
      { 'rejects.list': () => ({ items: ids.map((id) => fakeReject(id)), next_cursor: null }) },
      2,
    );
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Choose reject 1' }));
    ids.unshift(3);
    clock.now += 5000;
    await count(3);
    expect(reasons()).toEqual(['2', '1']);
    await fireEvent.click(button('Show newer'));
    await settled();
    expect(reasons()).toEqual(['3', '2', '1']);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Choose reject 1' }).checked).toBe(true);
  });

  it('is that of the environment that is active now, of which nothing is chosen yet', async () => {
    const { count, sent } = await showRejects(listing(1), 1);
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Choose reject 1' }));
    await count(1, 'prod');
    expect(sent('rejects.list')).toHaveLength(2);
    expect(screen.getByText('None chosen')).toBeTruthy();
  });

  it('loads older ones', async () => {
    await showRejects(
      {
        'rejects.list': ({ cursor }) =>
          cursor === undefined
            ? { items: [fakeReject(2)], next_cursor: 'older' }
            : { items: [fakeReject(1)], next_cursor: null },
      },
      2,
    );
    await fireEvent.click(button('Load older rejects'));
    await settled();
    expect(reasons()).toEqual(['2', '1']);
    expect(screen.queryByRole('button', { name: 'Load older rejects' })).toBeNull();
  });

  it('says why it did not come, and tries again', async () => {
    let fails = true;
    await showRejects(
      {
        'rejects.list': () => {
          if (fails) throw new Error('the reader is busy');
          return { items: [fakeReject(1)], next_cursor: null };
        },
      },
      1,
    );
    expect(screen.getByRole('alert').textContent).toContain('the reader is busy');
    fails = false;
    await fireEvent.click(button('Try again'));
    await settled();
    expect(reasons()).toEqual(['1']);
  });

  it('says that nothing is rejected, or that nothing matches', async () => {
    await showRejects(listing(), 0);
    expect(screen.getByText('Nothing is rejected')).toBeTruthy();
    cleanup();
    await showRejects(listing(), 9, '/analytics/rejects?q=zebra');
    expect(screen.getByText('No reject matches')).toBeTruthy();
  });

  it('is walked by the arrow keys; the space bar chooses, Ctrl+A chooses all, Escape none', async () => {
    await showRejects(listing(3, 2, 1), 3);
    const lines = rows().map((row) => within(row).getByRole('button'));
    lines[0]?.focus();
    await fireEvent.keyDown(lines[0] as HTMLElement, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(lines[1]);
    await fireEvent.keyDown(lines[1] as HTMLElement, { key: ' ' });
    expect(screen.getByText('1 chosen')).toBeTruthy();
    await fireEvent.keyDown(lines[1] as HTMLElement, { key: 'a', ctrlKey: true });
    expect(screen.getByText('3 chosen')).toBeTruthy();
    await fireEvent.keyDown(lines[1] as HTMLElement, { key: 'Escape' });
    expect(screen.getByText('None chosen')).toBeTruthy();
  });
});

describe('the filter', () => {
  it('is in the address, and asked for after a pause', async () => {
    const { sent } = await showRejects(listing(1), 1);
    await fireEvent.input(screen.getByLabelText('Text'), { target: { value: 'value' } });
    await fireEvent.input(screen.getByLabelText('Subject'), { target: { value: 'demo.x' } });
    await later();
    expect(location.search).toBe('?subject=demo.x&q=value');
    await fireEvent.click(screen.getByRole('radio', { name: 'All' }));
    await settled();
    expect(sent('rejects.list').slice(1)).toEqual([
      { state: 'open', subject: 'demo.x', q: 'value', limit: 100 },
      { state: 'all', subject: 'demo.x', q: 'value', limit: 100 },
    ]);
  });

  it('is reached by the slash, from anywhere but a field', async () => {
    await showRejects(listing(1), 1);
    await fireEvent.keyDown(document.body, { key: '/' });
    expect(document.activeElement).toBe(screen.getByLabelText('Text'));
    screen.getByLabelText('Subject').focus();
    await fireEvent.keyDown(screen.getByLabelText('Subject'), { key: '/' });
    expect(document.activeElement).toBe(screen.getByLabelText('Subject'));
  });

  it('of an address is the one that is asked for, and can be cleared', async () => {
    const { sent } = await showRejects(listing(1), 1, '/analytics/rejects?state=redriven&source=nats');
    expect(screen.getByLabelText<HTMLSelectElement>('Source').value).toBe('nats');
    await fireEvent.click(button('Clear'));
    await settled();
    expect(sent('rejects.list')).toEqual([
      { state: 'redriven', source: 'nats', limit: 100 },
      { state: 'open', limit: 100 },
    ]);
    expect(location.search).toBe('');
  });
});

describe('what was redriven', () => {
  it('is marked, cannot be chosen, and is shown as it was', async () => {
    const done = { redriven_at: '2026-11-21T09:59:00.000Z' };
    await showRejects(
      {
        'rejects.list': () => ({ items: [fakeReject(1, done)], next_cursor: null }),
        'reject.get': ({ id }) => fakeRejectDetail(id, done),
      },
      1,
      '/analytics/rejects/1?state=all',
    );
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(rows()[0]?.textContent).toContain('redriven');
    const drawer = within(screen.getByRole('dialog', { name: 'Rejected event 1' }));
    expect(drawer.getByRole('group', { name: 'Body' }).textContent).toContain('"value":"1"');
    expect(drawer.queryByRole('button', { name: 'Redrive' })).toBeNull();
  });
});
