import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PassingMemory } from '../grid/column-layout.svelte.ts';
import { show, header, announced, press } from './testing/show-lots.ts';

afterEach(cleanup);

describe('the columns of a PagedGrid', () => {
  const titles = (): string[] => screen.getAllByRole('columnheader').map((head) => head.textContent.trim());

  it('are moved and widened by keys, and keep that', async () => {
    const memory = new PassingMemory();
    await show({ length: 5 }, { memory });
    header('Id').focus();
    await press('ArrowLeft', { ctrlKey: true, shiftKey: true });
    expect(titles()).toEqual(['Name', 'Id', 'Amount']);
    expect(document.activeElement).toBe(header('Id'));
    expect(announced()).toContain('Id is column 2 of 3');
    await press('ArrowLeft', { ctrlKey: true, shiftKey: true });
    expect(titles()[0]).toBe('Name');
    await press('ArrowRight', { shiftKey: true });
    expect(memory.current).toMatchObject({ order: ['name', 'id', 'amount'], widths: { id: 96 } });
  });

  it('are moved by dragging a header, which does not sort', async () => {
    const onSort = vi.fn();
    await show({ length: 5 }, { onSort });
    const pointer = (type: string, target: Element | Window, clientX: number) =>
      fireEvent(target, new PointerEvent(type, { bubbles: true, button: 0, clientX, pointerType: 'mouse' }));
    await pointer('pointerdown', header('Amount'), 100);
    await pointer('pointermove', header('Id'), 180);
    await pointer('pointerup', window, 180);
    await fireEvent.click(header('Amount'));
    expect(titles()).toEqual(['Name', 'Id', 'Amount']);
    expect(onSort).not.toHaveBeenCalled();
  });

  it('are hidden by the menu, and come back as they were', async () => {
    await show({ length: 5 });
    await fireEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await fireEvent.click(screen.getByRole('menuitemcheckbox', { name: 'Amount' }));
    expect(titles()).toEqual(['Name', 'Id']);
    expect(header('Id').getAttribute('aria-colindex')).toBe('3');
    await fireEvent.click(screen.getByRole('menuitem', { name: 'As they were' }));
    expect(titles()).toEqual(['Name', 'Amount', 'Id']);
  });
});
