import { describe, expect, it } from 'vitest';
import type { FakeAnswers } from '../../../src-contract/fake-client.ts';
import { ContractError } from '../../../src-contract/result.ts';
import { fakeApp } from '../../state/fake-app.ts';
import { fakeImportReport } from '../../state/fake-invoice.ts';
import { InvoiceImport } from './invoice-import.svelte.ts';

function begin(answers: FakeAnswers = {}) {
  const { client } = fakeApp({
    'import.begin': () => ({ id: '1' }),
    'import.part': ({ text }) => ({ bytes: text.length }),
    'import.check': () => fakeImportReport(),
    'import.apply': () => fakeImportReport(),
    'import.drop': () => ({ done: true }),
    ...answers,
  });
  const sent = (name: string) => client.calls.filter((call) => call.name === name).map(({ args }) => args);
  return { work: new InvoiceImport(client), client, sent };
}

describe('InvoiceImport', () => {
  it('sends a file whole in parts, with letters that lie across two of them', async () => {
    const text = '€漢🧾'.repeat(60_000);
    const { work, sent } = begin();
    await work.check(new File([text], 'a.csv'));
    const parts = sent('import.part').map((args) => (args as { text: string }).text);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.join('')).toBe(text);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(262_144);
    expect(work.step).toMatchObject({ step: 'checked', name: 'a.csv' });
    expect(sent('import.apply')).toEqual([]);
  });

  it('stores only when it is told to, and ends', async () => {
    const { work, sent } = begin();
    await work.check(new File(['x'], 'a.csv'));
    await work.apply();
    expect(sent('import.apply')).toEqual([{ id: '1' }]);
    expect(work.step.step).toBe('applied');
  });

  it('is dropped when another file is chosen', async () => {
    const { work, sent } = begin();
    await work.check(new File(['x'], 'a.csv'));
    await work.drop();
    expect(sent('import.drop')).toEqual([{ id: '1' }]);
    expect(work.step).toEqual({ step: 'choosing', complaint: null });
  });

  it.each([
    [new File([], 'a.csv'), /a\.csv is empty/],
    [new File([new Uint8Array([0xff, 0xfe, 0x41])], 'a.csv'), /not UTF-8/],
  ])('explains a file that cannot be read', async (file, words) => {
    const { work } = begin();
    await work.check(file);
    expect(work.step).toMatchObject({ step: 'choosing', complaint: expect.stringMatching(words) });
  });

  it('says in the engine’s words why a file is refused', async () => {
    const { work } = begin({
      'import.check': () => {
        throw new ContractError('invalid_argument', 'line 1: there is no column "colour"');
      },
    });
    await work.check(new File(['x'], 'a.csv'));
    expect(work.step).toEqual({ step: 'choosing', complaint: 'line 1: there is no column "colour"' });
  });
});
