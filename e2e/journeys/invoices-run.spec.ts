import { expect } from '@playwright/test';
import { expectedTotals, minorOf, shownMinor } from '../expectations/expected-invoices.ts';
import { Api } from '../fixtures/api.ts';
import { HOST_IS_GONE } from '../fixtures/complaints.ts';
import { showInvoices, startRun } from '../fixtures/invoice-runs.ts';
import { test } from '../fixtures/test.ts';
import type { InvoicesPage } from '../pages/invoices-page.ts';

/** What the gauge says of the run. */
async function readGauge({ gauge }: InvoicesPage): Promise<Record<'produced' | 'shown' | 'waiting', number>> {
  const words = (await gauge.getAttribute('aria-valuetext')) ?? '';
  const [, produced, shown, waiting] = /^([\d,]+) of [\d,]+ produced: ([\d,]+) shown, ([\d,]+) waiting$/
    .exec(words)
    ?.map((text) => Number(text.replaceAll(',', ''))) ?? [0, Number.NaN, Number.NaN, Number.NaN];
  return { produced: produced ?? 0, shown: shown ?? 0, waiting: waiting ?? 0 };
}

test('a run is started, stopped half-way, drains to nothing, is reset and brought back', async ({
  app,
  desk,
}) => {
  const api = new Api(app);
  const { invoices } = desk;
  await desk.shell.go('Invoices');
  await expect(invoices.state).toHaveText('Idle');
  await expect(invoices.command('Stop')).toBeDisabled();
  await expect(invoices.command('Stop')).toHaveAccessibleDescription('No run is under way.');
  await invoices.figure('Produced per s').fill('60');
  await invoices.figure('Shown per s').fill('40');
  await invoices.command('Start').click();
  await expect(invoices.state).toHaveText('Running');
  await expect(invoices.command('Start')).toBeDisabled();
  await expect(invoices.command('Start')).toHaveAccessibleDescription(/under way: stop it first/);
  await expect(invoices.command('Reset')).toHaveAccessibleDescription('Stop the run before you reset.');

  const produced: number[] = [];
  const counts = new Set<string>();
  const gross = new Set<string>();
  await expect
    .poll(
      async () => {
        const reading = await readGauge(invoices);
        expect(reading.produced).toBe(reading.shown + reading.waiting);
        produced.push(reading.produced);
        if (reading.shown > 0) {
          counts.add(await invoices.cardFigure('Invoices').innerText());
          gross.add(await invoices.cardFigure('Gross').innerText());
        }
        return reading.produced;
      },
      { intervals: [250], timeout: 15_000 },
    )
    .toBeGreaterThanOrEqual(300);
  expect(produced).toEqual(produced.toSorted((a, b) => a - b));
  expect(counts.size).toBeGreaterThan(3);
  expect(gross.size).toBeGreaterThan(3);
  await invoices.command('Stop').click();
  await expect(invoices.state).toHaveText('Draining');
  await expect(invoices.command('Stop')).toHaveAccessibleDescription(/Production has ended already/);
  await expect(invoices.command('Go on')).toBeEnabled();
  const stopped = await readGauge(invoices);
  expect(stopped.waiting).toBeGreaterThan(0);

  await expect(invoices.state).toHaveText('Finished');
  const total = stopped.produced.toLocaleString('en-US');
  expect(await readGauge(invoices)).toEqual({
    produced: stopped.produced,
    shown: stopped.produced,
    waiting: 0,
  });
  await expect(invoices.cardFigure('Invoices')).toHaveText(total);
  await expect(invoices.count(`${total} invoices`)).toBeVisible();
  await expect(invoices.command('Stop')).toHaveAccessibleDescription('The run has finished already.');

  const rows = await api.invoices();
  expect(new Set(rows.map(({ number }) => number)).size).toBe(stopped.produced);
  await invoices.command('Reset').click();
  await expect(invoices.state).toHaveText('Idle');
  await expect(invoices.list.grid.getByText('No invoices yet')).toBeVisible();
  await expect(invoices.list.rows).toHaveCount(0);
  await expect(invoices.run).toContainText(`${total} invoices taken out of view`);
  expect((await api.invoiceStats()).count).toBe(0);
  await invoices.undo.click();
  await expect(invoices.state).toHaveText('Finished');
  await expect(invoices.cardFigure('Invoices')).toHaveText(total);
  await expect(invoices.row(rows[0]?.number ?? '')).toBeVisible();
  expect(await api.invoices()).toEqual(rows);
});

test('figures beyond their limits are refused at the field, and are changed live', async ({ app, desk }) => {
  const api = new Api(app);
  const { invoices } = desk;
  await desk.shell.go('Invoices');
  const rate = invoices.figure('Produced per s');
  for (const wrong of ['0', '5001', '-1', '1e3', 'many', '']) {
    await rate.fill(wrong);
    await expect(invoices.run.getByRole('alert')).toHaveText('Use a number from 0.1 to 5,000.');
    await invoices.command('Start').click();
    await expect(rate).toHaveAttribute('aria-invalid', 'true');
  }
  expect((await api.invoiceRun()).state).toBe('idle');
  await rate.fill('0.5');
  await invoices.command('Start').click();
  await expect(invoices.state).toHaveText('Running');
  await rate.fill('400');
  await invoices.figure('Shown per s').fill('300');
  await invoices.run.getByRole('button', { name: 'Change from now on' }).click();
  await expect(desk.shell.notice('The run goes on with the new figures')).toBeVisible();
  await expect.poll(async () => (await api.invoiceRun()).shown, { intervals: [100] }).toBeGreaterThan(100);
  expect(await api.invoiceRun()).toMatchObject({ run: 1, rate_per_s: 400, display_rate_per_s: 300 });
});

test('the cards say the sums of all shown invoices to the minor unit', async ({ app, desk }) => {
  const api = new Api(app);
  await showInvoices(api, 800);
  await desk.shell.go('Invoices');
  const { invoices } = desk;
  const totals = [...expectedTotals(await api.invoices())].sort(([, a], [, b]) => b.count - a.count);
  await expect(invoices.cardFigure('Invoices')).toHaveText('800');
  const [, most] = totals[0] ?? [];
  expect(shownMinor(await invoices.cardFigure('Gross').innerText())).toBe(most?.gross);
  expect(shownMinor(await invoices.cardFigure('VAT').innerText())).toBe(most?.vat);
  const stats = await api.invoiceStats();
  expect(
    stats.totals.map(({ currency, count, net, vat, gross }) => [
      currency,
      { count, net: minorOf(net.amount), vat: minorOf(vat.amount), gross: minorOf(gross.amount) },
    ]),
  ).toEqual([...expectedTotals(await api.invoices())]);
  await invoices.statistics.getByRole('button', { name: /more currencies$/ }).click();
  await expect(invoices.card('Gross').getByRole('listitem')).toHaveCount(totals.length - 1);
});

test.describe('a run that is killed', { tag: '@headless' }, () => {
  test.use({ allowedComplaints: HOST_IS_GONE });

  test('goes on when the host is back, and says so', async ({ launch, app, desk }) => {
    const { invoices } = desk;
    await desk.shell.go('Invoices');
    await startRun(new Api(app), { rate_per_s: 200, display_rate_per_s: 150, duration_s: 5 });
    await expect.poll(async () => (await readGauge(invoices)).shown).toBeGreaterThan(20);
    await app.stop('SIGKILL');
    await expect(desk.shell.banner).toBeVisible();
    const port = Number(new URL(app.url).port);
    const again = await launch({ args: ['--demo', '--seed', '7'], dataFolder: app.dataFolder, port });
    const api = new Api(again);
    await expect(invoices.run.getByRole('status')).toHaveText(
      /^gone on after a restart at \d\d:\d\d:\d\d UTC, [\d,]+ of 1,000 produced$/,
    );
    await expect(invoices.state).toHaveText('Finished', { timeout: 15_000 });
    await expect(invoices.cardFigure('Invoices')).toHaveText('1,000');
    const numbers = (await api.invoices()).map(({ number }) => number).sort();
    const expected = Array.from({ length: 1000 }, (_, index) => `PD-${String(index + 1).padStart(8, '0')}`);
    expect(numbers).toEqual(expected);
  });
});

test('Overview shows the run, stops it and leads to the invoices', async ({ app, desk }) => {
  await startRun(new Api(app), { rate_per_s: 50, display_rate_per_s: 50, duration_s: 60 });
  const run = desk.overview.panel('Invoice run');
  await expect(run).toContainText('Running.');
  await expect(run.getByRole('meter')).toHaveAttribute('aria-valuetext', /^[\d,]+ of 3,000 produced/);
  await run.getByRole('button', { name: 'Stop' }).click();
  await expect(run).toContainText('Finished.');
  await run.getByRole('button', { name: 'Start' }).click();
  await expect(run).toContainText('Running.');
  await run.getByRole('link', { name: 'Invoices' }).click();
  await expect(desk.shell.heading('Invoices')).toBeVisible();
  await expect(desk.invoices.state).toHaveText('Running');
});

test.describe('outside demo', () => {
  test.use({ args: ['--no-demo'] });

  test('commands are refused with the reason', async ({ desk }) => {
    const { invoices } = desk;
    await desk.shell.go('Invoices');
    for (const command of ['Start', 'Stop', 'Reset'] as const) {
      await expect(invoices.command(command)).toBeDisabled();
      await expect(invoices.command(command)).toHaveAccessibleDescription(
        'The simulator runs in demo; dev is active.',
      );
    }
    await expect(invoices.list.grid.getByText('No invoices yet')).toBeVisible();
    await expect(invoices.run.getByRole('button', { name: 'Switch to demo' })).toBeEnabled();
  });
});

test('Settings keep VAT and fixed rates of invoices, and refuse what is none', async ({ app, desk }) => {
  const api = new Api(app);
  await showInvoices(api, 200);
  await desk.shell.go('Settings');
  const { settings, invoices } = desk;
  const vat = settings.field('Invoices', 'VAT of simulated invoices, in percent');
  await vat.fill('lots');
  await settings.save('Invoices');
  await expect(settings.complaint('Invoices')).toBeVisible();
  await expect(vat).toHaveAttribute('aria-invalid', 'true');
  await vat.fill('7.25');
  await settings.field('Invoices', 'Currency').fill('eur');
  await settings.field('Invoices', 'Worth in USD').fill('1.085');
  await settings.panel('Invoices').getByRole('button', { name: 'Set rate' }).click();
  await settings.save('Invoices');
  await expect(desk.shell.notice('The invoice settings were saved')).toBeVisible();
  await desk.shell.go('Invoices');
  await expect(invoices.card('Gross')).toContainText('≈ in all');
  await expect(invoices.card('Gross')).toContainText(/without .*: no rate/);
  await showInvoices(api, 100);
  const rows = await api.invoices();
  expect(rows.map(({ vat_percent }) => vat_percent)).toEqual([
    ...Array.from({ length: 100 }, () => '7.25'),
    ...Array.from({ length: 200 }, () => '15'),
  ]);
});
