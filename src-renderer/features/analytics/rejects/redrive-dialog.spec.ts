import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeAnswers } from '../../../../src-contract/fake-client.ts';
import { fakeReject, fakeReport } from '../../../state/fake-analytics.ts';
import Toaster from '../../../ui/Toaster.svelte';
import { settled, showRejects } from '../testing/show-analytics.svelte.ts';

afterEach(() => cleanup());

const press = async (name: string | RegExp) => {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settled();
};
const dialog = () => within(screen.getByRole('dialog'));
const patch = (text: string) =>
  fireEvent.input(dialog().getByLabelText('Merge patch'), { target: { value: text } });

/** Opens the dialog for the rejects 3, 2 and 1, of which 2 is refused whatever the patch. */
async function open(answers: FakeAnswers = {}) {
  const shown = await showRejects(
    {
      'rejects.list': () => ({ items: [3, 2, 1].map((id) => fakeReject(id)), next_cursor: null }),
      'rejects.redrive': ({ ids, dry_run: dryRun }) =>
        fakeReport(
          ids,
          ids.filter((id) => id === 2),
          dryRun,
        ),
      ...answers,
    },
    3,
  );
  await press('Choose all');
  await press('Redrive 3 rejects…');
  return shown;
}

describe('redriving many', () => {
  it('begins with a preview, which stores nothing', async () => {
    const { sent } = await open();
    expect(dialog().getByRole('button', { name: 'Redrive 3 rejects' }).hasAttribute('disabled')).toBe(true);
    await patch('{"value": 1}');
    await press('Preview');
    expect(sent('rejects.redrive')).toEqual([{ ids: [3, 2, 1], dry_run: true, patch: { value: 1 } }]);
    expect(dialog().getByRole('status').textContent).toContain('It would come to: 2 stored, 1 refused.');
    const [refused] = within(dialog().getByRole('table')).getAllByRole('row').slice(1);
    expect(refused?.textContent).toContain('2value must be a number (2)');
  });

  it('then redrives those that pass, says what came of it, and lets go of them', async () => {
    render(Toaster, { theme: 'dark' });
    const { sent } = await open();
    await press('Preview');
    await press('Redrive the 2 that pass');
    expect(sent('rejects.redrive').at(-1)).toEqual({ ids: [3, 1], dry_run: false });
    expect(await screen.findByText('Redriven: 2 stored')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('None chosen')).toBeTruthy();
    expect(sent('rejects.list')).toHaveLength(2);
  });

  it('needs another preview for another patch', async () => {
    await open();
    await press('Preview');
    await patch('{"value": 2}');
    expect(dialog().getByRole('button', { name: 'Redrive 3 rejects' }).hasAttribute('disabled')).toBe(true);
  });

  it('takes only an object for a patch, and names the place of a mistake', async () => {
    await open();
    await patch('{"value" 1}');
    expect(dialog().getByRole('alert').textContent).toBe('Line 1, column 10: : is expected');
    expect(dialog().getByRole('button', { name: 'Preview' }).hasAttribute('disabled')).toBe(true);
    await patch('[1]');
    expect(dialog().getByText('A patch is an object, such as {"value": 1}')).toBeTruthy();
    expect(dialog().getByRole('button', { name: 'Preview' }).hasAttribute('disabled')).toBe(true);
  });

  it('says why it was refused as a whole, and stays open', async () => {
    render(Toaster, { theme: 'dark' });
    await open({
      'rejects.redrive': () => {
        throw new Error('the engine is starting');
      },
    });
    await press('Preview');
    expect(await screen.findByText('The preview failed')).toBeTruthy();
    expect(screen.getByText('the engine is starting')).toBeTruthy();
    expect(dialog().getByLabelText('Merge patch')).toBeTruthy();
  });
});

describe('choosing all that match', () => {
  it('asks for as many as can be redriven at once', async () => {
    const { sent } = await showRejects(
      {
        'rejects.list': ({ limit }) =>
          limit === 1000
            ? { items: Array.from({ length: 150 }, (_, index) => fakeReject(index + 1)), next_cursor: null }
            : { items: [fakeReject(1)], next_cursor: 'older' },
      },
      150,
    );
    await press(/^Choose all that match/);
    expect(sent('rejects.list').at(-1)).toEqual({ state: 'open', limit: 1000 });
    expect(screen.getByText('150 chosen')).toBeTruthy();
  });
});
