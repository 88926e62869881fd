import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toMoney } from '../../../src-contract/money.ts';
import { ContractError } from '../../../src-contract/result.ts';
import { DEFAULT_SETTINGS } from '../../../src-contract/settings.ts';
import { fakeImportReport, fakeJob, fakeRun, fakeStats, fakeTotal } from '../../state/fake-invoice.ts';
import { later, settled, showInvoices } from './testing/show-invoices.ts';

const region = (name: string) => within(screen.getByRole('region', { name }));
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const press = async (name: string | RegExp): Promise<void> => {
  await fireEvent.click(button(name));
  await settled();
};
const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('the run', () => {
  it.each([
    ['idle', ['Stop']],
    ['running', ['Start', 'Reset']],
    ['finished', ['Stop']],
  ] as const)(
    'that is %s allows what its state allows, and says why not the rest',
    async (state, refused) => {
      const { client } = await showInvoices();
      client.push('invoiceRun', fakeRun({ state, run: 1 }), []);
      await settled();
      const off = ['Start', 'Stop', 'Reset'].filter((name) => button(name).disabled);
      expect(off).toEqual(refused);
      for (const name of off) {
        const reason = document.getElementById(button(name).getAttribute('aria-describedby') ?? '');
        expect(reason?.textContent).toMatch(/\w+\.$/);
      }
    },
  );

  it('starts with the figures of the fields, and not with wrong ones', async () => {
    const { sent } = await showInvoices({ 'control.start': () => fakeRun({ state: 'running' }) });
    await type('Produced per s', '9000');
    await press('Start');
    expect(sent('control.start')).toEqual([]);
    expect(region('Invoice run').getByRole('alert').textContent).toBe('Use a number from 0.1 to 5,000.');
    await type('Produced per s', '50');
    await press('Start');
    expect(sent('control.start')).toEqual([{ rate_per_s: 50, display_rate_per_s: 2, duration_s: 300 }]);
  });

  it('takes other rates while it runs', async () => {
    const running = fakeRun({ state: 'running', run: 1 });
    const { client, sent } = await showInvoices({ 'control.rates': () => running });
    client.push('invoiceRun', running, []);
    await settled();
    await type('Shown per s', '9');
    await press('Change from now on');
    expect(sent('control.rates')).toEqual([{ display_rate_per_s: 9 }]);
  });

  it('tells produced, shown and waiting in one bar', async () => {
    const { client } = await showInvoices();
    client.push(
      'invoiceRun',
      fakeRun({ state: 'running', planned: 1500, produced: 10, shown: 4, waiting: 6 }),
      [],
    );
    await settled();
    const gauge = screen.getByRole('meter', { name: 'Produced, shown and waiting' });
    expect(gauge.getAttribute('aria-valuetext')).toBe('10 of 1,500 produced: 4 shown, 6 waiting');
  });

  it('offers to undo a reset for as long as that can be done', async () => {
    const { client, sent } = await showInvoices({ 'control.undo': () => fakeRun() });
    client.push('invoiceRun', fakeRun({ undo_until: '2026-11-21T10:00:23.000Z', undo_count: 1234 }), []);
    await settled();
    expect(screen.getByText(/Reset: 1,234 invoices taken out of view/)).toBeTruthy();
    await press(/^Undo/);
    expect(sent('control.undo')).toEqual([{}]);
    client.push('invoiceRun', fakeRun({ undo_until: '2026-11-21T10:00:00.000Z' }), []);
    await settled();
    expect(screen.queryByText(/taken out of view/)).toBeNull();
  });

  it('says that it needs demo, and offers the switch', async () => {
    const { app } = await showInvoices({}, fakeStats([], { env: 'prod' }));
    expect(button('Start').disabled).toBe(true);
    await press('Switch to demo');
    expect(app.switching.state).toEqual({ step: 'confirming', name: 'demo' });
  });
});

describe('the statistics', () => {
  it('show the base currency large, the others beside it, and what is converted without whom', async () => {
    const usd = toMoney(5, 'USD');
    await showInvoices(
      {},
      fakeStats([fakeTotal('EUR', 4), fakeTotal('USD', 3)], {
        converted: { net: usd, vat: usd, gross: toMoney(99_00, 'USD'), missing: ['EUR'] },
      }),
    );
    const gross = within(region('Statistics').getByRole('region', { name: 'Gross' }));
    expect(gross.getByText('$345.00').closest('p')).not.toBeNull();
    expect(gross.getByText('€460.00').closest('li')).not.toBeNull();
    expect(gross.getByText('$99.00')).toBeTruthy();
    expect(gross.getByText('without EUR: no rate')).toBeTruthy();
  });
});

describe('the filter', () => {
  it('stands in the address and is asked of the engine', async () => {
    const { sent } = await showInvoices({
      'invoices.totals': ({ as_of: newest = 0 }) => ({
        count: 0,
        totals: [],
        converted: null,
        newest,
        generation: 1,
      }),
    });
    await type('Text', '100% "x"');
    await later();
    expect(location.search).toBe('?q=100%25+%22x%22');
    expect(sent('invoices.totals')).toEqual([{ env: 'demo', filter: { q: '100% "x"' }, as_of: 3 }]);
    expect(screen.getByText('No invoice matches')).toBeTruthy();
    await press('Clear');
    await later();
    expect(location.search).toBe('');
  });

  it('is one step for the back button per field that is filled in, whatever the pauses are', async () => {
    await showInvoices();
    const steps = history.length;
    for (const text of ['a', 'ac', 'acme']) {
      await type('Text', text);
      await later();
    }
    expect([location.search, history.length - steps]).toEqual(['?q=acme', 1]);
    await fireEvent.focusOut(screen.getByLabelText('Text'));
    await type('Text', 'acme l');
    await fireEvent.focusOut(screen.getByLabelText('Text'));
    expect([location.search, history.length - steps]).toEqual(['?q=acme+l', 2]);
    await type('Gross from', '5');
    await later();
    expect(history.length - steps).toBe(3);
  });

  it('is read from the address, and what is wrong is explained at its field', async () => {
    await showInvoices({}, fakeStats(), '?min=ten');
    const field = screen.getByLabelText<HTMLInputElement>('Gross from');
    expect(field.value).toBe('ten');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/Use digits with a point/)).toBeTruthy();
  });

  it('shows at the text why the engine cannot search for it', async () => {
    await showInvoices(
      {
        'invoices.totals': () => {
          throw new ContractError('invalid_argument', 'nothing in it can be searched for');
        },
      },
      fakeStats(),
      '?q=%3B',
    );
    expect(screen.getByLabelText('Text').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getAllByText(/nothing in it can be searched for/).length).toBeGreaterThan(0);
  });

  it('suggests companies', async () => {
    await showInvoices({
      'invoices.totals': ({ as_of: newest = 0 }) => ({
        count: 0,
        totals: [],
        converted: null,
        newest,
        generation: 1,
      }),
    });
    await type('Company', 'ac');
    await later(150);
    await fireEvent.click(screen.getByRole('option', { name: 'Acme Sons' }));
    await settled();
    expect(location.search).toBe('?company=Acme+Sons');
  });

  it('is kept as a view with sort and columns', async () => {
    const { sent } = await showInvoices({}, fakeStats(), '?sort=-gross');
    await fireEvent.keyDown(button('Views'), { key: 'Enter' });
    await later();
    await fireEvent.click(screen.getByRole('menuitem', { name: 'Save this view…' }));
    await later();
    await type('Name', 'Large ones');
    await press('Save');
    expect(sent('settings.set')).toMatchObject([
      { invoices: { views: [{ name: 'Large ones', filter: {}, sort: '-gross' }] } },
    ]);
    expect(DEFAULT_SETTINGS.invoices.views).toEqual([]);
  });
});

describe('the list', () => {
  it('says how it is filled while there is nothing', async () => {
    await showInvoices({}, fakeStats([]));
    expect(screen.getByText('No invoices yet')).toBeTruthy();
    expect(screen.getByText(/Press Start/)).toBeTruthy();
  });

  it('adds up what is filtered in its footer, per currency, and goes on doing so', async () => {
    const { client } = await showInvoices();
    const footer = () => within(screen.getAllByRole('row', { name: 'Totals' })[0] as HTMLElement);
    expect(footer().getByText('$345.00')).toBeTruthy();
    client.push('invoiceStats', fakeStats([fakeTotal('USD', 4)]), []);
    await settled();
    expect(footer().getByText('$460.00')).toBeTruthy();
    expect(footer().getByText('4 in USD')).toBeTruthy();
  });

  it('says why nothing can be shown, and since when what is shown is old', async () => {
    const { client } = await showInvoices();
    const since = Date.parse('2026-11-21T09:58:00.000Z');
    client.push('invoiceStats', fakeStats(), [], { status: 'stale', since, reason: 'the engine stopped' });
    await settled();
    expect(screen.getAllByText(/Stale since 09:58:00/).length).toBeGreaterThan(0);
  });
});

describe('exports', () => {
  it('are of exactly what is filtered and sorted', async () => {
    const { sent } = await showInvoices({ 'invoices.export': () => fakeJob() }, fakeStats(), '?sort=company');
    await fireEvent.keyDown(button('Export'), { key: 'Enter' });
    await later();
    await fireEvent.click(screen.getByRole('menuitem', { name: /Parquet/ }));
    await settled();
    expect(sent('invoices.export')).toEqual([
      { env: 'demo', filter: {}, sort: 'company', as_of: 3, format: 'parquet' },
    ]);
  });

  it('show their progress, can be cancelled, and end with a link to the file', async () => {
    const { client, sent } = await showInvoices({ 'job.cancel': () => fakeJob({ state: 'cancelled' }) });
    client.push('jobs', { running: 1 }, [fakeJob()]);
    await settled();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
    await press('Cancel');
    expect(sent('job.cancel')).toEqual([{ id: '7' }]);
    const file = { name: 'invoices.csv', bytes: 1500, url: '/api/jobs/7/file' };
    client.push('jobs', { running: 0 }, [fakeJob({ state: 'done', file })]);
    await settled();
    const link = screen.getByRole('link', { name: 'Save invoices.csv (1.5 kB)' });
    expect([link.getAttribute('href'), link.getAttribute('download')]).toEqual([
      '/api/jobs/7/file',
      'invoices.csv',
    ]);
  });
});

describe('an import', () => {
  it('shows what it would change before it changes anything', async () => {
    const report = fakeImportReport({
      added: 1,
      conflicts: 1,
      invalid: 1,
      problems: [{ line: 3, number: 'A-1', kind: 'conflict', reason: 'stored with another gross' }],
    });
    const { sent } = await showInvoices({
      'import.begin': () => ({ id: '1' }),
      'import.part': () => ({ bytes: 1 }),
      'import.check': () => report,
      'import.apply': () => report,
      'import.drop': () => ({ done: true }),
    });
    await press('Import');
    const field = screen.getByLabelText<HTMLInputElement>(/choose one/);
    await fireEvent.change(field, { target: { files: [new File(['x'], 'a.csv')] } });
    await later();
    const dialog = within(screen.getByRole('dialog', { name: 'Import invoices into demo' }));
    expect(dialog.getByText('stored with another gross', { exact: false })).toBeTruthy();
    expect(sent('import.apply')).toEqual([]);
    await press('Import 1 invoice');
    await later();
    expect(sent('import.apply')).toEqual([{ id: '1' }]);
    expect(dialog.getByText(/1 invoice of a\.csv\s+was\s+stored/)).toBeTruthy();
  });
});
