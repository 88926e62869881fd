import { expect, type Locator } from '@playwright/test';
import { Api } from '../fixtures/api.ts';
import { watchBanner } from '../fixtures/banner-watch.ts';
import { HOST_IS_GONE } from '../fixtures/complaints.ts';
import { test } from '../fixtures/test.ts';
import { Desk } from '../pages/desk.ts';
import { panel } from '../pages/panel.ts';

test('a worker that keeps throwing is marked failed, the others go on, and Restart repairs it', async ({
  app,
  desk,
}) => {
  const api = new Api(app);
  const [victim, other] = await api.portfolios();
  const slug = victim?.slug ?? '';
  await desk.shell.go('System');
  await desk.system.crashWorker(slug);
  await expect(desk.system.service(slug)).toContainText('Failed');
  const failed = desk.system.failedServices.filter({ hasText: slug });
  await expect(failed).toContainText('on purpose by a fault drill');
  await expect(desk.system.figure('State')).toContainText('Degraded');
  await expect(desk.system.panel('Services')).toContainText('1 failed');
  const broken = (await api.system()).services.find(({ title }) => title === slug);
  expect(broken).toMatchObject({ state: 'failed', restarts: 5 });

  const valueBefore = (await api.portfolio(other?.slug ?? '')).total_value.amount;
  await expect
    .poll(async () => (await api.portfolio(other?.slug ?? '')).total_value.amount)
    .not.toBe(valueBefore);

  await desk.system.restart(failed, slug).click();
  await expect(desk.system.failedServices).toHaveCount(0);
  await expect(desk.system.figure('State')).toContainText('All well');
  const stuckAt = (await api.portfolio(slug)).total_value.amount;
  await expect.poll(async () => (await api.portfolio(slug)).total_value.amount).not.toBe(stuckAt);
  await desk.system.refreshAudit();
  await expect(desk.system.auditRow('drill.run').first()).toContainText(`crash_portfolio portfolio:${slug}`);
  await expect(desk.system.auditRow('service.restart').first()).toContainText(slug);
});

test('while the engine is down the window stays, says so, and is soon live again', async ({ app, desk }) => {
  const api = new Api(app);
  await desk.shell.go('System');
  await expect(desk.system.stopEngine).toBeVisible();
  const before = (await api.system()).started_at;
  const banner = await watchBanner(desk.page);
  await desk.system.stopEngine.click();
  const { words, shownAt, goneAt } = await banner.done();
  expect(words).toContain('the engine stopped unexpectedly');
  expect(words).toContain('What you see is from before');
  // How soon is measured by `npm run prove`, on a machine that does nothing else meanwhile.
  expect(goneAt - shownAt).toBeLessThan(10_000);
  await expect(desk.shell.heading('System')).toBeVisible();
  await expect(desk.system.panel('Summary')).toHaveAttribute('data-state', 'live');
  const after = await api.system();
  expect(after.started_at).not.toBe(before);
  expect(after.ledger.received).toBe(
    after.ledger.stored + after.ledger.repeated + after.ledger.rejected + after.ledger.waiting,
  );
  await expect(desk.system.auditRow('drill.run').first()).toContainText('stop_engine');
  await desk.shell.go('Overview');
  await expect(desk.overview.figure('Portfolios')).toHaveText(/^(39|40)$/);
  const value = (await desk.overview.figure('Total value').textContent()) ?? '';
  await expect(desk.overview.figure('Total value')).not.toHaveText(value);
});

test('the demo feed restarts after a crash', async ({ app, desk }) => {
  const api = new Api(app);
  await desk.shell.go('System');
  await desk.system.panel('Fault drills').getByRole('button', { name: 'Crash the demo feed' }).click();
  await expect(desk.shell.notice('The demo feed was made to throw')).toBeVisible();
  await expect
    .poll(async () => (await api.system()).services.find(({ id }) => id === 'demo'))
    .toMatchObject({ state: 'running', restarts: 1 });
  await expect(desk.system.service('Demo feed')).toContainText('on purpose by a fault drill');
  const { received } = (await api.system()).ledger;
  await expect.poll(async () => (await api.system()).ledger.received).toBeGreaterThan(received);
});

test('System names every page that is connected', async ({ app, desk }) => {
  await desk.shell.go('System');
  await expect(desk.system.clients.filter({ hasText: 'in step' })).not.toHaveCount(0);
  const alone = await desk.system.clients.count();
  const second = new Desk(await app.page('/portfolios'));
  await expect(second.portfolios.panel).toHaveAttribute('data-state', 'live');
  await desk.page.bringToFront();
  await expect(desk.system.clients).toHaveCount(alone + 1);
  await second.page.close();
  await expect(desk.system.clients).toHaveCount(alone);
});

test.describe('when the host is killed', { tag: '@headless' }, () => {
  test.use({ allowedComplaints: HOST_IS_GONE });

  test('the page says since when, keeps what it shows, and heals with the next start', async ({ launch }) => {
    const first = await launch({ args: ['--demo', '--seed', '7'] });
    const desk = new Desk(await first.page('/portfolios'));
    await expect(desk.portfolios.panel).toHaveAttribute('data-state', 'live');
    const shown = await desk.portfolios.total('Portfolio');
    const place = await desk.portfolios.panel.getByRole('grid').boundingBox();
    await first.stop('SIGKILL');
    await expect(desk.shell.banner).toContainText(
      /Not connected since (\d+ \w+, )?\d\d:\d\d:\d\d: the connection to PulseDesk was closed/,
    );
    await expect(desk.portfolios.panel).toHaveAttribute('data-state', 'stale');
    expect(await desk.portfolios.total('Portfolio')).toBe(shown);
    // The rows stay where they are; there is less room below them.
    const { x, y, width } = place ?? {};
    expect(await desk.portfolios.panel.getByRole('grid').boundingBox()).toMatchObject({ x, y, width });
    await launch({
      args: ['--demo', '--seed', '7'],
      dataFolder: first.dataFolder,
      port: Number(new URL(first.url).port),
    });
    await expect(desk.shell.banner).toBeHidden();
    await expect(desk.portfolios.panel).toHaveAttribute('data-state', 'live');
  });

  test.describe('on a phone, and on a desk', () => {
    test.use({ viewport: { width: 390, height: 844 } });

    const boxOf = async (part: Locator) => (await part.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };

    test('the banner covers nothing of the screen', async ({ launch }) => {
      const app = await launch({ args: ['--demo', '--seed', '7'] });
      const desk = new Desk(await app.page('/invoices'));
      await expect(desk.shell.heading('Invoices')).toBeVisible();
      await app.stop('SIGKILL');
      await expect(desk.shell.banner).toBeVisible();
      const above = await boxOf(desk.shell.banner);
      const main = desk.page.getByRole('main');
      expect((await boxOf(main)).y).toBeGreaterThanOrEqual(above.y + above.height);
      await desk.page.setViewportSize({ width: 1280, height: 800 });
      const { y, height } = await boxOf(main);
      const below = await boxOf(desk.shell.banner);
      expect(below.y).toBeGreaterThanOrEqual(y + height);
      expect(below.y + below.height).toBeLessThanOrEqual(800);
    });

    test('the note that a list is stale keeps clear of the controls above and below it', async ({
      launch,
    }) => {
      const app = await launch({ args: ['--demo', '--seed', '7'] });
      const desk = new Desk(await app.page('/invoices'));
      const list = panel(desk.page, 'List of invoices');
      await expect(list).toHaveAttribute('data-state', 'live');
      await app.stop('SIGKILL');
      await expect(list).toHaveAttribute('data-state', 'stale');
      const note = list.getByText(/^\s*Stale since/);
      const columns = list.getByRole('button', { name: 'Columns' });
      const roomBetween = async (upper: Locator, lower: Locator) => {
        const { y, height } = await boxOf(upper);
        return (await boxOf(lower)).y - (y + height);
      };
      expect(await roomBetween(note, columns)).toBeGreaterThanOrEqual(2);
      await desk.page.setViewportSize({ width: 1280, height: 800 });
      expect(await roomBetween(note, columns)).toBeGreaterThanOrEqual(2);
      expect(await roomBetween(desk.invoices.field('Gross to'), note)).toBeGreaterThanOrEqual(2);
    });
  });
});
