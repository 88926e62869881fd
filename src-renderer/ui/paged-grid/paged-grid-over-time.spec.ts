import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lotSource } from './testing/lot-source.ts';
import {
  show,
  table,
  cell,
  rowElements,
  names,
  selectedNames,
  announced,
  scrollTo,
  drawn,
} from './testing/show-lots.ts';

afterEach(cleanup);

describe('PagedGrid over time', () => {
  it('keeps every row in its place until it is given a later version, and then changes them all at once', async () => {
    let letGo: () => void = () => undefined;
    const { change } = await show({ length: 300 });
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    await change({ source: lotSource({ length: 303, version: 2, from: 1000, before: () => gate }) });
    expect(names()[0]).toBe('lot 0');
    letGo();
    await drawn();
    expect(names()[0]).toBe('lot 1000');
    expect(table().getAttribute('aria-rowcount')).toBe('306');
  });

  it('keeps view and selection over a version, and lets go of both for another scope', async () => {
    const { change, grid } = await show({ length: 900 });
    await scrollTo(2800);
    await fireEvent.click(cell('lot 102'));
    await change({ source: lotSource({ length: 910, version: 2 }) });
    expect(grid.place.top).toBe(2800);
    expect(selectedNames()).toEqual(['lot 102']);
    await change({ source: lotSource({ length: 800, scope: 'other' }) });
    expect(grid.atTop).toBe(true);
    expect(grid.selectedCount).toBe(0);
    expect(announced()).toContain('800 rows');
  });

  it('keeps the selection over another sort, and goes to the top', async () => {
    const { change, grid } = await show({ length: 900 });
    await scrollTo(2800);
    await fireEvent.click(cell('lot 102'));
    const sort = [{ column: 'amount', direction: 'descending' as const }];
    await change({ sort, source: lotSource({ length: 900, sort }) });
    expect(grid.atTop).toBe(true);
    expect(grid.selectedRow?.id).toBe(102);
  });

  it('shows some of a quick series of versions, though each is slower than the next', async () => {
    const gates: (() => void)[] = [];
    const before = (): Promise<void> => new Promise((resolve) => gates.push(resolve));
    const { change } = await show({ length: 50 });
    for (let version = 2; version <= 6; version++) {
      await change({ source: lotSource({ length: 50, version, from: version * 100, before }) });
    }
    expect(gates).toHaveLength(1);
    gates.shift()?.();
    await drawn();
    expect(names()[0]).toBe('lot 200');
    gates.shift()?.();
    await drawn();
    expect(names()[0]).toBe('lot 600');
  });

  it('keeps the rows it has when newer ones cannot be had', async () => {
    const { change } = await show({ length: 50 });
    const before = (): Promise<void> => Promise.reject(new Error('no link'));
    await change({ source: lotSource({ length: 50, version: 2, before }) });
    expect(names()[0]).toBe('lot 0');
    expect(screen.getByRole('alert').textContent).toContain('no link');
  });

  it('counts what is new behind a button, and goes to the top when it is taken', async () => {
    const onTakeNew = vi.fn();
    const { change, grid } = await show({ length: 900 }, { onTakeNew });
    expect(screen.queryByRole('button', { name: /new/ })).toBeNull();
    await scrollTo(2800);
    expect(grid.held).toBe(true);
    await change({ newCount: 1234 });
    expect(announced()).toContain('held still');
    await fireEvent.click(screen.getByRole('button', { name: '1,234 new' }));
    await drawn();
    expect(onTakeNew).toHaveBeenCalledOnce();
    expect(grid.atTop).toBe(true);
  });

  it('says when somebody is at its rows', async () => {
    const { grid } = await show({ length: 900 });
    expect(grid.held).toBe(false);
    await fireEvent(cell('lot 1'), new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
    expect(grid.held).toBe(true);
    await fireEvent(table(), new PointerEvent('pointerleave'));
    expect(grid.held).toBe(false);
    cell('lot 1').focus();
    expect(grid.held).toBe(true);
  });

  it('goes to the neighbour of the selected row, wherever it was fetched', async () => {
    const { grid } = await show({ length: 900 });
    await fireEvent.click(cell('lot 5'));
    expect((await grid.selectNeighbour(1))?.id).toBe(6);
    await drawn();
    expect(selectedNames()).toEqual(['lot 6']);
    await grid.selectNeighbour(-1);
    expect(grid.selectedRow?.id).toBe(5);
    await fireEvent.click(cell('lot 0'));
    expect(await grid.selectNeighbour(-1)).toBeNull();
  });
});

describe('new rows', () => {
  const animate = vi.fn();
  beforeEach(() => {
    animate.mockClear();
    Object.assign(HTMLElement.prototype, { animate });
  });
  afterEach(() => {
    Reflect.deleteProperty(HTMLElement.prototype, 'animate');
    document.documentElement.removeAttribute('data-flash');
  });

  it('are highlighted once', async () => {
    await show({ length: 300 }, { known: 1 });
    const first = animate.mock.calls.length;
    expect(first).toBe(rowElements().length - 2);
    await scrollTo(5600);
    const both = animate.mock.calls.length;
    expect(both).toBe(first + rowElements().length);
    await scrollTo(0);
    expect(animate).toHaveBeenCalledTimes(both);
  });

  it('are not highlighted when that is switched off', async () => {
    document.documentElement.dataset['flash'] = 'off';
    await show({ length: 300 }, { known: 1 });
    expect(animate).not.toHaveBeenCalled();
  });
});
