import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Lot } from './testing/lot.ts';
import {
  show,
  table,
  header,
  cell,
  selectedNames,
  announced,
  press,
  copied,
  drawn,
} from './testing/show-lots.ts';

afterEach(cleanup);

describe('the rows of a PagedGrid', () => {
  it('moves the active cell by keys, also to rows that are not fetched yet', async () => {
    await show({ length: 5000 });
    cell('lot 0').focus();
    await press('ArrowDown');
    await press('ArrowRight');
    expect(document.activeElement?.textContent.trim()).toBe('10');
    await press('End', { ctrlKey: true });
    expect(document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex')).toBe('5001');
    expect(document.activeElement?.textContent.trim()).toBe('4999');
    await press('PageUp');
    await press('Home', { ctrlKey: true });
    expect(document.activeElement?.textContent.trim()).toBe('lot 0');
    await press('ArrowUp');
    expect(document.activeElement).toBe(header('Name'));
  });

  it('has exactly one cell that Tab reaches', async () => {
    await show({ length: 500 });
    const reachable = (): number => table().querySelectorAll('[role=gridcell][tabindex="0"]').length;
    expect(reachable()).toBe(1);
    await fireEvent.click(cell('lot 3'));
    expect(reachable()).toBe(1);
  });

  it('leaves the focus to what Enter has opened', async () => {
    const opened = document.body.appendChild(document.createElement('button'));
    await show({ length: 5 }, { open: () => opened.focus() });
    cell('lot 1').focus();
    await press('Enter');
    expect(document.activeElement).toBe(opened);
    opened.remove();
  });

  it('opens a row by Enter, by a double click and, when it is told so, by a click', async () => {
    const open = vi.fn();
    const { change } = await show({ length: 5 }, { open, openOnClick: true });
    await fireEvent.click(cell('lot 1'));
    await press('Enter');
    await fireEvent.dblClick(cell('lot 2'));
    expect(open.mock.calls.map(([lot]) => (lot as Lot).id)).toEqual([1, 1, 2]);
    await change({ open });
  });

  it('selects by click, Ctrl+click and Shift+click', async () => {
    await show({ length: 50 });
    await fireEvent.click(cell('lot 1'));
    await fireEvent.click(cell('lot 4'), { ctrlKey: true });
    expect(selectedNames()).toEqual(['lot 1', 'lot 4']);
    await fireEvent.click(cell('lot 6'), { shiftKey: true });
    await drawn();
    expect(selectedNames()).toEqual(['lot 4', 'lot 5', 'lot 6']);
    expect(announced()).toContain('3 rows selected');
    await fireEvent.click(cell('lot 0'));
    expect(selectedNames()).toEqual(['lot 0']);
  });

  it('selects by keys, from where the range began', async () => {
    await show({ length: 50 });
    cell('lot 5').focus();
    await press('ArrowDown', { shiftKey: true });
    await press('ArrowDown', { shiftKey: true });
    await press('ArrowUp', { shiftKey: true });
    expect(selectedNames()).toEqual(['lot 5', 'lot 6']);
    await press('ArrowDown');
    await press(' ');
    expect(selectedNames()).toEqual(['lot 5', 'lot 6', 'lot 7']);
    await press('Escape');
    expect(selectedNames()).toEqual([]);
  });

  it('selects a range over rows that were never seen', async () => {
    const { grid } = await show({ length: 5000 });
    cell('lot 0').focus();
    await press('End', { ctrlKey: true, shiftKey: true });
    await drawn();
    await vi.waitFor(() => expect(grid.selectedCount).toBe(5000));
    expect(grid.selection.has('lot-2500')).toBe(true);
  });

  it('selects no more than its limit one by one, but all of any number', async () => {
    const { grid } = await show({ length: 5_000_000 });
    cell('lot 0').focus();
    await press('End', { ctrlKey: true, shiftKey: true });
    expect(grid.selectedCount).toBe(0);
    await press('a', { ctrlKey: true });
    expect(grid.selectedCount).toBe(5_000_000);
    expect(announced()).toContain('5,000,000 rows selected');
    await fireEvent.click(screen.getByRole('button', { name: 'Clear the selection' }));
    expect(grid.selectedCount).toBe(0);
  });

  it('copies the selected rows with titles, or the active one', async () => {
    await show({ length: 50 });
    await fireEvent.click(cell('lot 2'));
    await fireEvent.click(cell('lot 1'), { ctrlKey: true });
    expect(await copied()).toBe('Name\tAmount\tId\nlot 1\t10\t1\nlot 2\t20\t2');
    await press('Escape');
    await press('ArrowDown');
    expect(await copied()).toBe('Name\tAmount\tId\nlot 2\t20\t2');
  });

  it('copies all rows once those that were not there have been fetched', async () => {
    await show({ length: 250 });
    cell('lot 0').focus();
    await press('a', { ctrlKey: true });
    await fireEvent.click(cell('lot 0'), { ctrlKey: true });
    expect(await copied()).toBeUndefined();
    await drawn();
    const lines = (await copied())?.split('\n') ?? [];
    expect(lines).toHaveLength(250);
    expect(lines.at(-1)).toBe('lot 249\t2490\t249');
    expect(lines).not.toContain('lot 0\t0\t0');
  });
});
