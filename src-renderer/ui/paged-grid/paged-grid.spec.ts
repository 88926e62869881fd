import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MAX_HEIGHT } from './scroll-place.svelte.ts';
import { lotSource } from './testing/lot-source.ts';
import {
  show,
  table,
  header,
  cell,
  rowElements,
  names,
  announced,
  scrollTo,
  drawn,
} from './testing/show-lots.ts';

afterEach(cleanup);

describe('PagedGrid', () => {
  it('shows the first rows, and says how many there are and where each stands', async () => {
    await show({ length: 1000 });
    expect(names().slice(0, 3)).toEqual(['lot 0', 'lot 1', 'lot 2']);
    expect(rowElements().length).toBeLessThan(60);
    expect(table().getAttribute('aria-rowcount')).toBe('1003');
    expect(table().getAttribute('aria-multiselectable')).toBe('true');
    expect(rowElements()[0]?.getAttribute('aria-rowindex')).toBe('2');
    expect(cell('lot 1').getAttribute('aria-colindex')).toBe('1');
    expect(announced()).toContain('1,000 rows');
  });

  it('shows skeletons until the rows come, and how it is when there are none', async () => {
    const { change } = await show({ length: 0, before: () => new Promise(() => undefined), count: null });
    expect(names()[0]).toBe('Loading');
    expect(table().getAttribute('aria-rowcount')).toBe('-1');
    await change({ source: lotSource({ length: 0, scope: 'none' }) });
    expect(screen.getByText('No lots')).toBeTruthy();
  });

  it('shows skeletons before there is any source', async () => {
    const { change } = await show({ length: 5 }, { source: null });
    expect(table().getAttribute('aria-busy')).toBe('true');
    expect(names()[0]).toBe('Loading');
    await change({ source: lotSource({ length: 2 }) });
    expect(names()).toEqual(['lot 0', 'lot 1']);
  });

  it('goes by the pages that came while nobody knows how many rows there are', async () => {
    await show({ length: 150, count: null });
    expect(names()[0]).toBe('lot 0');
    expect(table().getAttribute('aria-rowcount')).toBe('153');
  });

  it('draws totals in as many lines as it is told', async () => {
    await show({ length: 10 });
    const totals = screen.getAllByRole('row', { name: 'Totals' });
    expect(totals.map((row) => row.getAttribute('aria-rowindex'))).toEqual(['12', '13']);
    expect(totals[1]?.textContent).toContain('100');
  });

  it('goes anywhere in five million rows', async () => {
    await show({ length: 5_000_000 });
    await scrollTo((MAX_HEIGHT - 640) / 2);
    const middle = Number(names()[0]?.slice(4));
    expect(Math.abs(middle - 2_500_000)).toBeLessThan(40);
    await scrollTo(MAX_HEIGHT - 640);
    expect(names().at(-1)).toBe('lot 4999999');
  });

  it('moves by the wheel as far in five million rows as in a hundred', async () => {
    const { grid } = await show({ length: 5_000_000 });
    await scrollTo(4_000_000);
    const { top } = grid.place;
    await fireEvent.wheel(table(), { deltaY: 56 });
    await drawn();
    expect(grid.place.top).toBe(top + 56);
  });

  it('asks for little on the way of a fast scroll', async () => {
    const { source } = await show({ length: 5_000_000, before: () => new Promise(() => undefined) });
    for (let step = 1; step <= 6; step++) await scrollTo(step * 1_200_000);
    expect(source.asked).toHaveLength(2);
  });

  it('says why rows are missing and tries again', async () => {
    let broken = true;
    const before = async (): Promise<void> => {
      if (broken) throw new Error('no link');
    };
    await show({ length: 50, before });
    expect(screen.getByRole('alert').textContent).toContain('no link');
    broken = false;
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await drawn();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(names()[0]).toBe('lot 0');
  });

  it('asks its owner for another sort, and with Shift for a further level', async () => {
    const onSort = vi.fn();
    await show({ length: 5 }, { onSort });
    await fireEvent.click(header('Amount'));
    expect(onSort).toHaveBeenLastCalledWith([{ column: 'amount', direction: 'descending' }]);
    expect(announced()).toContain('Sorted by Amount, descending');
    await fireEvent.click(header('Amount'), { shiftKey: true });
    expect(onSort).toHaveBeenLastCalledWith([
      { column: 'name', direction: 'ascending' },
      { column: 'amount', direction: 'descending' },
    ]);
    await fireEvent.click(header('Id'));
    expect(onSort).toHaveBeenCalledTimes(2);
  });

  it('shows the levels of a sort', async () => {
    const sort = [
      { column: 'amount', direction: 'descending' },
      { column: 'name', direction: 'ascending' },
    ];
    await show({ length: 5 }, { sort });
    expect(header('Amount').getAttribute('aria-sort')).toBe('descending');
    expect(header('Name').textContent).toContain('level 2');
    expect(header('Id').hasAttribute('aria-sort')).toBe(false);
  });
});
