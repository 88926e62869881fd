import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { createRawSnippet, tick } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import Provided from '../Provided.fixture.svelte';
import { setTimeContext } from '../time-context.ts';
import EventTail from './EventTail.svelte';
import type { TailLine } from './tail-line.ts';

const line = (id: number): TailLine => ({
  id: String(id),
  source: 'http',
  type: `type_${id}`,
  user: null,
  value: id / 4,
  occurred_at: '2026-11-21T09:59:00.000Z',
  received_at: '2026-11-21T10:00:00.000Z',
  body: { type: `type_${id}`, page: '/cart' },
});
const lines = (...ids: number[]) => ids.map(line);
const howToFill = createRawSnippet(() => ({ render: () => '<p>post one</p>' }));

function show(events: readonly TailLine[], given: Record<string, unknown> = {}) {
  const props = (next: readonly TailLine[], scope = 'demo', more: Record<string, unknown> = {}) => ({
    title: 'Live tail',
    events: next,
    scope,
    text: '',
    isFiltered: false,
    howToFill,
    ...given,
    ...more,
  });
  const shown = render(Provided, {
    provide: () => setTimeContext({ now: Date.parse('2026-11-21T10:00:05.000Z'), zone: 'UTC' }),
    component: EventTail,
    given: props(events),
  });
  return {
    arrive: (next: readonly TailLine[], scope?: string, more?: Record<string, unknown>) =>
      shown.rerender({ given: props(next, scope, more) }),
  };
}
const list = () => screen.getByRole('list', { name: 'Live tail, newest first' });
const types = () =>
  within(list())
    .getAllByRole('button')
    .map((row) => /type_\d+/.exec(row.textContent)?.[0]);

afterEach(() => cleanup());

describe('the live tail', () => {
  it('follows the newest events', async () => {
    const { arrive } = show(lines(1));
    await arrive(lines(2, 1));
    expect(types()).toEqual(['type_2', 'type_1']);
  });

  it('holds still while it is paused, counts what is new, and shows it when asked', async () => {
    const { arrive } = show(lines(1));
    await fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await arrive(lines(3, 2, 1));
    expect(types()).toEqual(['type_1']);
    await fireEvent.click(screen.getByRole('button', { name: '2 new' }));
    expect(types()).toEqual(['type_3', 'type_2', 'type_1']);
    await arrive(lines(4, 3, 2, 1));
    expect(types()).toEqual(['type_3', 'type_2', 'type_1']);
    await fireEvent.click(screen.getByRole('button', { name: 'Go on' }));
    expect(types()).toEqual(['type_4', 'type_3', 'type_2', 'type_1']);
  });

  it('holds still under the pointer, and goes on when it leaves', async () => {
    const { arrive } = show(lines(1));
    await tick();
    list().dispatchEvent(new PointerEvent('pointerenter', { pointerType: 'mouse' }));
    await arrive(lines(2, 1));
    expect(types()).toEqual(['type_1']);
    list().dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
    await tick();
    expect(types()).toEqual(['type_2', 'type_1']);
  });

  it('shows another environment at once, even when it is paused', async () => {
    const { arrive } = show(lines(1));
    await fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await arrive(lines(7), 'prod');
    expect(types()).toEqual(['type_7']);
  });

  it('shows the body of an event, holds still meanwhile, and gives the focus back', async () => {
    const { arrive } = show(lines(2, 1));
    const [first] = within(list()).getAllByRole('button');
    first?.focus();
    await fireEvent.click(first as HTMLElement);
    const drawer = within(screen.getByRole('dialog', { name: 'Event type_2' }));
    expect(drawer.getByRole('group', { name: 'Body' }).textContent).toContain('"page": "/cart"');
    await arrive(lines(3, 2, 1));
    expect(types()).toEqual(['type_2', 'type_1']);
    await fireEvent.keyDown(screen.getByRole('dialog'), { key: 'ArrowDown' });
    expect(screen.getByRole('dialog', { name: 'Event type_1' })).toBeTruthy();
    await fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement?.textContent).toContain('type_2');
  });

  it('draws only its head while it runs, and all of it once somebody reads', async () => {
    show(Array.from({ length: 200 }, (_, index) => line(200 - index)));
    expect(types()).toHaveLength(40);
    await fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    expect(types()).toHaveLength(200);
  });

  it('is one stop of the Tab key, and walked by the arrow keys', async () => {
    show(lines(3, 2, 1));
    const rows = within(list()).getAllByRole('button');
    expect(rows.map((row) => row.tabIndex)).toEqual([0, -1, -1]);
    rows[0]?.focus();
    await fireEvent.keyDown(rows[0] as HTMLElement, { key: 'End' });
    expect(document.activeElement).toBe(rows[2]);
    expect(rows.map((row) => row.tabIndex)).toEqual([-1, -1, 0]);
  });

  it('says how to fill it while nothing came at all', () => {
    show([], { state: 'empty' });
    expect(screen.getByText('post one')).toBeTruthy();
  });

  it('keeps list and filter in view while the list of another text loads', async () => {
    const { arrive } = show(lines(1), { state: 'live' });
    screen.getByRole('searchbox').focus();
    const field = document.activeElement;
    await arrive(lines(1), 'demo', { state: 'loading' });
    expect(types()).toEqual(['type_1']);
    expect(document.activeElement).toBe(field);
    expect(screen.getByRole('searchbox')).toBe(field);
  });

  it('keeps its filter in view when nothing contains the text', () => {
    show([], { state: 'empty', isFiltered: true, text: 'zebra' });
    expect(screen.getByRole('searchbox').getAttribute('aria-label')).toBe('Show only events that contain');
    expect(screen.getByText('No event of the newest contains this text.')).toBeTruthy();
  });
});
