import { expect } from '@playwright/test';
import { Api } from '../fixtures/api.ts';
import { test } from '../fixtures/test.ts';
import { Desk } from '../pages/desk.ts';

const PLACES = [
  { title: 'Portfolios', path: '/portfolios', key: 'p' },
  { title: 'Tickers', path: '/tickers', key: 't' },
  { title: 'Invoices', path: '/invoices', key: 'i' },
  { title: 'Activity', path: '/activity', key: 'a' },
  { title: 'Analytics', path: '/analytics', key: 'n' },
  { title: 'System', path: '/system', key: 's' },
  { title: 'Settings', path: '/settings', key: ',' },
  { title: 'Overview', path: '/', key: 'o' },
] as const;

const pathOf = (url: string): string => new URL(url).pathname;

test('every screen is reached by a click on the rail', async ({ desk }) => {
  for (const { title, path } of PLACES) {
    await desk.shell.go(title);
    await expect(desk.shell.heading(title)).toBeVisible();
    await expect(desk.shell.place(title)).toHaveAttribute('aria-current', 'page');
    expect(pathOf(desk.page.url())).toBe(path);
    await expect(desk.page).toHaveTitle(`${title} · PulseDesk`);
  }
});

test('by keyboard the content, every screen and the list of shortcuts are reached', async ({ desk }) => {
  const { keyboard } = desk.page;
  await expect(desk.shell.heading('Overview')).toBeVisible();
  await keyboard.press('Tab');
  await expect(desk.page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(desk.page.getByRole('main')).toBeFocused();
  for (const { title } of PLACES) {
    await desk.shell.place('Overview').focus();
    for (let steps = 0; steps < PLACES.length; steps++) {
      if (await desk.shell.place(title).evaluate((link) => link === document.activeElement)) break;
      await keyboard.press('Tab');
    }
    await keyboard.press('Enter');
    await expect(desk.shell.heading(title)).toBeVisible();
  }
  for (const { title, key } of PLACES) {
    await keyboard.press('g');
    await keyboard.press(key);
    await expect(desk.shell.heading(title)).toBeVisible();
  }
  await keyboard.press('?');
  await expect(desk.shell.shortcuts).toContainText('Search or run a command');
  await keyboard.press('Escape');
  await expect(desk.shell.shortcuts).toBeHidden();
});

test('an address opens its screen, survives a reload, and Back returns', async ({ app, desk }) => {
  const [first] = await new Api(app).portfolios();
  const slug = first?.slug ?? '';
  await app.visit(desk.page, `/portfolios/${slug}`);
  await expect(desk.shell.heading(slug)).toBeVisible();
  await expect(desk.portfolio.panel('Metrics')).toHaveAttribute('data-state', 'live');
  await desk.page.reload();
  await expect(desk.shell.heading(slug)).toBeVisible();
  await desk.shell.go('System');
  await desk.shell.go('Settings');
  await desk.page.goBack();
  await expect(desk.shell.heading('System')).toBeVisible();
  await desk.page.goBack();
  await expect(desk.shell.heading(slug)).toBeVisible();
  await desk.page.goForward();
  await expect(desk.shell.heading('System')).toBeVisible();
});

test('an address without a screen says so and leads home', async ({ app }) => {
  const desk = new Desk(await app.page('/nowhere'));
  await expect(desk.page.getByText('There is no screen at /nowhere')).toBeVisible();
  await desk.page.getByRole('link', { name: 'Go to Overview' }).click();
  await expect(desk.shell.heading('Overview')).toBeVisible();
});

test('the palette finds a portfolio and a screen by typing', async ({ app, desk }) => {
  const portfolios = await new Api(app).portfolios();
  const slug = portfolios[20]?.slug ?? '';
  await desk.shell.search(slug);
  await expect(desk.shell.palette.getByRole('option', { name: slug, exact: true })).toBeVisible();
  await desk.page.keyboard.press('Enter');
  await expect(desk.shell.heading(slug)).toBeVisible();
  await expect(desk.shell.palette).toBeHidden();
  await desk.shell.search('sett');
  await desk.page.keyboard.press('Enter');
  await expect(desk.shell.heading('Settings')).toBeVisible();
  await desk.shell.search('no such thing');
  await expect(desk.shell.palette).toContainText('No command, shared portfolio or known symbol matches');
  await desk.page.keyboard.press('Escape');
  await expect(desk.shell.palette).toBeHidden();
});

test('the theme that was chosen stays over a reload, and in other windows', async ({ app, desk }) => {
  const html = desk.page.locator('html');
  const other = new Desk(await app.page('/settings'));
  await desk.page.bringToFront();
  for (const [label, theme] of [
    ['Light', 'light'],
    ['Dark', 'dark'],
  ] as const) {
    await desk.shell.chooseTheme(label);
    await expect(html).toHaveAttribute('data-theme', theme);
    await expect(other.page.locator('html')).toHaveAttribute('data-theme', theme);
    await desk.page.reload();
    await expect(html).toHaveAttribute('data-theme', theme);
  }
});

test('the rail can be narrowed, and stays so', async ({ desk }) => {
  await expect(desk.shell.heading('Overview')).toBeVisible();
  const wide = (await desk.shell.rail.boundingBox())?.width ?? 0;
  await desk.page.keyboard.press('[');
  await expect(desk.page.getByRole('button', { name: 'Widen the rail' })).toBeVisible();
  await desk.page.reload();
  await expect(desk.page.getByRole('button', { name: 'Widen the rail' })).toBeVisible();
  expect((await desk.shell.rail.boundingBox())?.width).toBeLessThan(wide / 2);
  await desk.shell.go('System');
  await expect(desk.shell.heading('System')).toBeVisible();
});

test.describe('on a phone', { tag: '@headless' }, () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('no screen scrolls sideways, and the bar below leads everywhere', async ({ app, desk }) => {
    const [first] = await new Api(app).portfolios();
    const widths = () =>
      desk.page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const main = document.querySelector('main');
        return [scrollWidth - clientWidth, (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0)];
      });
    for (const { title } of PLACES) {
      await desk.shell.go(title);
      await expect(desk.shell.heading(title)).toBeVisible();
      await expect(desk.page.locator('[data-state="loading"]')).toHaveCount(0);
      expect(await widths(), title).toEqual([0, 0]);
    }
    await app.visit(desk.page, `/portfolios/${first?.slug}`);
    await expect(desk.portfolio.panel('Timeline')).toHaveAttribute('data-state', 'live');
    expect(await widths()).toEqual([0, 0]);
  });
});
