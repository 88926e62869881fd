import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { vi } from 'vitest';
import type { PagedGridModel } from '../paged-grid-model.svelte.ts';
import Fixture from '../PagedGrid.fixture.svelte';
import type { Lot } from './lot.ts';
import { lotSource, type LotPlan } from './lot-source.ts';

/** Lets answers that are there be drawn. */
export async function drawn(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await tick();
}

/** Shows lots of a source in the grid, with its model and what changes its props. */
export async function show(plan: LotPlan, props: Record<string, unknown> = {}) {
  let grid: PagedGridModel<Lot> | undefined;
  const source = lotSource(plan);
  const view = render(Fixture, { source, expose: (model: PagedGridModel<Lot>) => (grid = model), ...props });
  await drawn();
  if (grid === undefined) throw new Error('the fixture gave no model');
  return {
    source,
    grid,
    change: async (next: Record<string, unknown>) => {
      await view.rerender(next);
      await drawn();
    },
  };
}

/** The grid itself. */
export const table = (): HTMLElement => screen.getByRole('grid', { name: 'Lots' });
/** A header by the beginning of its name. */
export const header = (name: string): HTMLElement =>
  screen.getByRole('columnheader', { name: new RegExp(`^${name}`) });
/** A cell by its whole text. */
export const cell = (text: string): HTMLElement => screen.getByRole('gridcell', { name: text });
/** The rows that are drawn, without header and totals. */
export const rowElements = (): HTMLElement[] =>
  screen.getAllByRole('row').filter((row) => row.hasAttribute('aria-selected'));
/** What the first cells of the drawn rows say. */
export const names = (): string[] =>
  rowElements().map((row) => within(row).getAllByRole('gridcell')[0]?.textContent.trim() ?? '');
/** The names of the selected rows among the drawn ones. */
export const selectedNames = (): string[] =>
  names().filter((_, index) => rowElements()[index]?.getAttribute('aria-selected') === 'true');
/** All that stands to be read out. */
export const announced = (): string =>
  screen
    .getAllByRole('status')
    .map((status) => status.textContent.trim())
    .join('|');

/** Presses a key where the focus is. */
export async function press(key: string, modifiers: Record<string, boolean> = {}): Promise<void> {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...modifiers });
  await drawn();
}

/** Scrolls the rows to a place, in pixels of the scroller. */
export async function scrollTo(top: number): Promise<void> {
  table().scrollTop = top;
  await fireEvent.scroll(table());
  await drawn();
}

/** What a copy puts on the clipboard; undefined when it puts nothing there. */
export async function copied(): Promise<string | undefined> {
  const setData = vi.fn<(type: string, text: string) => void>();
  const event = Object.assign(new Event('copy', { bubbles: true, cancelable: true }), {
    clipboardData: { setData },
  });
  await fireEvent(document.activeElement ?? document.body, event);
  await drawn();
  return setData.mock.lastCall?.[1];
}
