import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import NameDialog from './NameDialog.svelte';

const show = async (save: (name: string) => Promise<void>) => {
  render(NameDialog, {
    open: true,
    title: 'Save this view',
    submit: 'Save',
    limit: 60,
    initial: 'Mine',
    replacing: (name: string) =>
      name === 'Taken' ? { hint: 'It is replaced.', submit: 'Replace' } : undefined,
    save,
  });
  await tick();
};
const type = (value: string) => fireEvent.input(screen.getByLabelText('Name'), { target: { value } });
const press = async (name: string): Promise<void> => {
  await fireEvent.click(screen.getByRole('button', { name }));
  for (let turn = 0; turn < 5; turn += 1) await tick();
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('a dialog for a name', () => {
  it('begins with a name, and closes when what was typed is saved without the space around it', async () => {
    const save = vi.fn(() => Promise.resolve());
    await show(save);
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Mine');
    await type('  Large ones ');
    await press('Save');
    expect(save).toHaveBeenCalledExactlyOnceWith('Large ones');
    await vi.runAllTimersAsync();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('stays open and says so at the field when there is no name, or when it is refused', async () => {
    const save = vi.fn(() => Promise.reject(new Error('There are 20 already.')));
    await show(save);
    await type('   ');
    await press('Save');
    expect(screen.getByRole('alert').textContent).toBe('Give it a name of 1 to 60 characters.');
    expect(save).not.toHaveBeenCalled();
    await type('Another');
    expect(screen.queryByRole('alert')).toBeNull();
    await press('Save');
    expect(screen.getByRole('alert').textContent).toBe('There are 20 already.');
  });

  it('says that a name replaces something before it does', async () => {
    await show(() => Promise.resolve());
    expect(screen.queryByText('It is replaced.')).toBeNull();
    await type('Taken ');
    expect(screen.getByText('It is replaced.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Replace' })).toBeTruthy();
  });
});
