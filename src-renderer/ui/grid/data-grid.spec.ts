import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PassingMemory, type ColumnChoices } from './column-layout.svelte.ts';
import Fixture, { type Lot } from './Grid.fixture.svelte';

type Amounts = Record<string, number>;

const lotsOf = (amounts: Amounts): Map<string, Lot> =>
  new Map(Object.entries(amounts).map(([name, amount]) => [name, { name, amount }]));

function show(amounts: Amounts, open?: (key: string) => void) {
  const view = render(Fixture, { lots: lotsOf(amounts), ...(open === undefined ? {} : { open }) });
  return {
    change: (next: Amounts, scope = 'one') => view.rerender({ lots: lotsOf(next), scope }),
  };
}

/** The rows between header and totals, as their cells' texts. */
function rows(): string[] {
  return screen
    .getAllByRole('row')
    .slice(1, -1)
    .map((row) =>
      within(row)
        .getAllByRole('gridcell')
        .map((cell) => cell.textContent.trim())
        .join(' ')
        .trim(),
    );
}

const cell = (text: string) => screen.getByRole('gridcell', { name: text });
const header = (title: string) =>
  screen.getByRole('columnheader', { name: new RegExp(`^${title}( , level \\d of the sort)?$`) });

const tracks = () => header('Name').parentElement?.style.gridTemplateColumns;

function remembering(choices: Partial<ColumnChoices>): PassingMemory {
  const memory = new PassingMemory();
  memory.current = { ...memory.current, ...choices };
  return memory;
}

afterEach(cleanup);

describe('DataGrid', () => {
  it('shows the rows in the order of its sort and says which column decides', () => {
    show({ ant: 1, bee: 3, cat: 2 });
    expect(rows()).toEqual(['bee 3', 'cat 2', 'ant 1']);
    expect(header('Amount').getAttribute('aria-sort')).toBe('descending');
    expect(header('Name').getAttribute('aria-sort')).toBe('none');
    expect(screen.getByRole('grid', { name: 'Lots' }).getAttribute('aria-rowcount')).toBe('5');
  });

  it('sorts by the header that is pressed, and by several with Shift', async () => {
    show({ ant: 1, bee: 3, cat: 3 });
    await fireEvent.click(header('Name'));
    expect(rows()).toEqual(['ant 1', 'bee 3', 'cat 3']);
    await fireEvent.click(header('Amount'));
    await fireEvent.click(header('Name'), { shiftKey: true });
    await fireEvent.click(header('Name'), { shiftKey: true });
    expect(rows()).toEqual(['cat 3', 'bee 3', 'ant 1']);
    expect(header('Name').getAttribute('aria-sort')).toBe('descending');
    expect(header('Name').textContent).toContain('level 2 of the sort');
  });

  it('filters by text and says when nothing matches', async () => {
    show({ ant: 1, bee: 3 });
    const filter = screen.getByRole('searchbox', { name: 'Filter lots' });
    await fireEvent.input(filter, { target: { value: 'AN' } });
    expect(rows()).toEqual(['ant 1']);
    await fireEvent.input(filter, { target: { value: 'zebra' } });
    expect(rows()).toEqual([]);
    expect(screen.getByText('No lot matches')).toBeTruthy();
  });

  it('draws only the rows of its window, numbered by their place in the whole list', () => {
    show(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`lot-${index}`, 5000 - index])));
    const drawn = screen.getAllByRole('row');
    expect(drawn.length).toBeLessThan(60);
    expect(drawn[1]?.getAttribute('aria-rowindex')).toBe('2');
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('5002');
  });

  it('follows changes while nobody is at a row', async () => {
    const { change } = show({ ant: 1, bee: 2 });
    await change({ ant: 5, bee: 2, cat: 3 });
    expect(rows()).toEqual(['ant 5', 'cat 3', 'bee 2']);
    expect(screen.queryByRole('button', { name: /new|order/i })).toBeNull();
  });

  it('holds order and new rows back while a row is selected, and keeps values current', async () => {
    const { change } = show({ ant: 1, bee: 2 });
    await fireEvent.click(cell('bee'));
    await change({ ant: 5, bee: 2, cat: 3 });
    expect(rows()).toEqual(['bee 2', 'ant 5']);
    await fireEvent.click(screen.getByRole('button', { name: '1 new · order changed' }));
    await tick();
    expect(rows()).toEqual(['ant 5', 'cat 3', 'bee 2']);
    expect(cell('bee').closest('[role=row]')?.getAttribute('aria-selected')).toBe('true');
    expect(screen.queryByRole('button', { name: /order changed/ })).toBeNull();
  });

  it('says for assistive technology that changes wait', async () => {
    const { change } = show({ ant: 1, bee: 2 });
    await fireEvent.click(cell('bee'));
    expect(screen.getByRole('status').textContent.trim()).toBe('');
    await change({ ant: 5, bee: 2 });
    expect(screen.getByRole('status').textContent).toContain('held still');
  });

  it('holds still while the list is scrolled', async () => {
    const { change } = show({ ant: 1, bee: 2 });
    const grid = screen.getByRole('grid');
    grid.scrollTop = 14;
    await fireEvent.scroll(grid);
    await change({ ant: 5, bee: 2 });
    expect(rows()).toEqual(['bee 2', 'ant 5']);
    grid.scrollTop = 0;
    await fireEvent.scroll(grid);
    expect(rows()).toEqual(['ant 5', 'bee 2']);
  });

  it('keeps the place of a row that is gone, without its values, until the order is taken over', async () => {
    const { change } = show({ ant: 1, bee: 2, cat: 3 });
    await fireEvent.click(cell('cat'));
    await change({ ant: 1, cat: 3 });
    expect(rows()).toEqual(['cat 3', 'Gone', 'ant 1']);
    await fireEvent.click(screen.getByRole('button', { name: '1 removed' }));
    expect(rows()).toEqual(['cat 3', 'ant 1']);
  });

  it('never holds back a sort, a filter or another scope', async () => {
    const { change } = show({ ant: 1, bee: 2 });
    await fireEvent.click(cell('bee'));
    await fireEvent.click(header('Name'));
    expect(rows()).toEqual(['ant 1', 'bee 2']);
    await change({ fox: 9, elk: 1 }, 'two');
    expect(rows()).toEqual(['elk 1', 'fox 9']);
  });

  it('holds still under a mouse without a notice, and catches up when it leaves', async () => {
    const { change } = show({ ant: 1, bee: 2 });
    await fireEvent(cell('bee'), new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
    await change({ ant: 5, bee: 2 });
    expect(rows()).toEqual(['bee 2', 'ant 5']);
    expect(screen.queryByRole('button', { name: /order changed/i })).toBeNull();
    await fireEvent(screen.getByRole('grid'), new PointerEvent('pointerleave'));
    expect(rows()).toEqual(['ant 5', 'bee 2']);
  });

  it('moves the active cell by keys, opens and selects', async () => {
    const open = vi.fn();
    show({ ant: 1, bee: 2, cat: 3 }, open);
    const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
    cell('cat').focus();
    await press('ArrowDown');
    await press('ArrowRight');
    expect(document.activeElement?.textContent.trim()).toBe('2');
    await press('Enter');
    expect(open).toHaveBeenCalledWith('bee');
    await press(' ');
    expect(document.activeElement?.closest('[role=row]')?.getAttribute('aria-selected')).toBe('true');
    await press('Escape');
    expect(document.activeElement?.closest('[role=row]')?.getAttribute('aria-selected')).toBe('false');
    await press('End');
    await press('PageUp');
    await press('ArrowUp');
    expect(document.activeElement).toBe(header('Amount'));
  });

  it('has exactly one cell that Tab reaches', async () => {
    show({ ant: 1, bee: 2 });
    const reachable = () => screen.getByRole('grid').querySelectorAll('[tabindex="0"]').length;
    expect(reachable()).toBe(1);
    await fireEvent.click(cell('bee'));
    expect(reachable()).toBe(1);
  });

  it('keeps the focus on its row when another order is taken over', async () => {
    const { change } = show({ ant: 1, bee: 2, cat: 3 });
    cell('cat').focus();
    await change({ ant: 9, bee: 2, cat: 3 });
    await fireEvent.click(screen.getByRole('button', { name: 'Order changed' }));
    await tick();
    expect(rows()).toEqual(['ant 9', 'cat 3', 'bee 2']);
    expect(document.activeElement?.textContent.trim()).toBe('cat');
  });

  it('opens a row on a double click', async () => {
    const open = vi.fn();
    show({ ant: 1 }, open);
    await fireEvent.dblClick(cell('ant'));
    expect(open).toHaveBeenCalledWith('ant');
  });

  it('hides a column and gives it back', async () => {
    show({ ant: 1 });
    await fireEvent.click(screen.getByRole('button', { name: 'Columns' }));
    const choose = () => fireEvent.click(screen.getByRole('menuitemcheckbox', { name: 'Amount' }));
    await choose();
    expect(screen.queryByRole('columnheader', { name: 'Amount' })).toBeNull();
    await choose();
    expect(screen.queryByRole('columnheader', { name: 'Amount' })).not.toBeNull();
  });

  it('remembers the width that keys gave a column', async () => {
    const memory = remembering({});
    const { unmount } = render(Fixture, { lots: lotsOf({ ant: 1 }), memory });
    await fireEvent.keyDown(header('Name'), { key: 'ArrowRight', shiftKey: true });
    expect(memory.current.widths).toEqual({ name: 136 });
    unmount();
    render(Fixture, { lots: lotsOf({ ant: 1 }), memory });
    expect(tracks()).toBe('136px 80px');
  });

  it('remembers what is hidden, until all columns are as they were', async () => {
    const memory = remembering({ widths: { name: 200 }, hidden: ['amount'] });
    render(Fixture, { lots: lotsOf({ ant: 1 }), memory });
    expect(tracks()).toBe('200px');
    await fireEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await fireEvent.click(screen.getByRole('menuitem', { name: 'As they were' }));
    expect(tracks()).toBe('120px 80px');
    expect(memory.current).toEqual({ widths: {}, hidden: [] });
  });

  it('ignores what is remembered of columns it does not have, cannot hide, or cannot make that wide', async () => {
    const memory = remembering({ widths: { amount: 1e9, gone: 90 }, hidden: ['name', 'gone'] });
    render(Fixture, { lots: lotsOf({ ant: 1 }), memory });
    expect(tracks()).toBe('120px 800px');
    await fireEvent.keyDown(header('Name'), { key: 'ArrowRight', shiftKey: true });
    expect(Object.keys(memory.current.widths).toSorted()).toEqual(['amount', 'name']);
    expect(memory.current.hidden).toEqual([]);
  });
});
