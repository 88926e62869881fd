import { describe, expect, it } from 'vitest';
import type { KeyPress } from '../key-press.ts';
import { gridIntent, type GridPosition } from './grid-keys.ts';

const size = { rows: 40, columns: 5, page: 10 };
const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const press = (key: string, at: GridPosition, held: Partial<KeyPress> = {}) =>
  gridIntent({ ...plain, key, ...held }, at, size);
const moved = (key: string, row: number, column: number, held: Partial<KeyPress> = {}) => {
  const intent = press(key, { row, column }, held);
  return intent?.do === 'move' ? [intent.to.row, intent.to.column] : intent;
};

describe('gridIntent', () => {
  it('moves by one cell with the arrows and stops at the edges', () => {
    expect(moved('ArrowDown', 0, 2)).toEqual([1, 2]);
    expect(moved('ArrowDown', 39, 2)).toEqual([39, 2]);
    expect(moved('ArrowLeft', 3, 0)).toEqual([3, 0]);
    expect(moved('ArrowRight', 3, 4)).toEqual([3, 4]);
  });

  it('reaches the header above the first row and comes back', () => {
    expect(moved('ArrowUp', 0, 1)).toEqual([-1, 1]);
    expect(moved('ArrowUp', -1, 1)).toEqual([-1, 1]);
    expect(moved('ArrowDown', -1, 1)).toEqual([0, 1]);
  });

  it('goes to the ends of a row with Home and End, and of the list with Ctrl', () => {
    expect(moved('Home', 7, 3)).toEqual([7, 0]);
    expect(moved('End', 7, 3)).toEqual([7, 4]);
    expect(moved('Home', 7, 3, { ctrlKey: true })).toEqual([0, 0]);
    expect(moved('End', 7, 3, { metaKey: true })).toEqual([39, 4]);
  });

  it('moves by what is seen with the page keys', () => {
    expect(moved('PageDown', 3, 1)).toEqual([13, 1]);
    expect(moved('PageDown', 35, 1)).toEqual([39, 1]);
    expect(moved('PageUp', 3, 1)).toEqual([0, 1]);
  });

  it('opens, selects and lets go of a row', () => {
    expect(press('Enter', { row: 3, column: 0 })).toEqual({ do: 'open' });
    expect(press(' ', { row: 3, column: 0 })).toEqual({ do: 'select' });
    expect(press('Escape', { row: 3, column: 0 })).toEqual({ do: 'clear' });
  });

  it('sorts and resizes from the header', () => {
    const header = { row: -1, column: 2 };
    expect(press('Enter', header)).toEqual({ do: 'sort', additive: false });
    expect(press('Enter', header, { shiftKey: true })).toEqual({ do: 'sort', additive: true });
    expect(press('ArrowRight', header, { shiftKey: true })).toEqual({ do: 'resize', by: 16 });
    expect(press('ArrowLeft', header, { shiftKey: true })).toEqual({ do: 'resize', by: -16 });
  });

  it('leaves every other key alone', () => {
    expect(press('a', { row: 0, column: 0 })).toBeNull();
    expect(press('Tab', { row: 0, column: 0 })).toBeNull();
    expect(press('ArrowDown', { row: 0, column: 0 }, { altKey: true })).toBeNull();
  });
});
