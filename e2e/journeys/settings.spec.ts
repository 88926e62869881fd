import { expect } from '@playwright/test';
import { Api } from '../fixtures/api.ts';
import { PortfolioMarket } from '../fixtures/portfolio-market.ts';
import { test } from '../fixtures/test.ts';

const SECRET = 'open-sesame-8471';

test('times are shown in the zone that was chosen', async ({ app, desk }) => {
  const startedAt = new Date((await new Api(app).system()).started_at);
  const clockIn = (timeZone: string): string =>
    startedAt.toLocaleTimeString('en-GB', { timeZone, hour12: false });
  await desk.shell.go('System');
  await expect(desk.system.figure('Started')).toContainText(clockIn('UTC'));
  await desk.shell.go('Settings');
  await desk.settings.field('Appearance', 'Time zone').selectOption('Asia/Tokyo');
  await desk.shell.go('System');
  await expect(desk.system.figure('Started')).toContainText(clockIn('Asia/Tokyo'));
  await desk.page.reload();
  await expect(desk.system.figure('Started')).toContainText(clockIn('Asia/Tokyo'));
});

test('palette and density are taken at once and stay', async ({ desk }) => {
  const html = desk.page.locator('html');
  await desk.shell.go('Settings');
  const risingIn = (): Promise<string> =>
    desk.settings
      .panel('Appearance')
      .getByText('+1.20%')
      .evaluate((sample) => getComputedStyle(sample).color);
  const colours = new Set<string>();
  for (const palette of ['colour-blind', 'east-asian', 'standard']) {
    await desk.settings.field('Appearance', 'Rising and falling').selectOption(palette);
    await expect(html).toHaveAttribute('data-palette', palette);
    colours.add(await risingIn());
  }
  expect(colours.size).toBe(3);
  await desk.settings.field('Appearance', 'Rising and falling').selectOption('east-asian');
  await desk.settings.panel('Appearance').getByText('Comfortable').click();
  await expect(html).toHaveAttribute('data-density', 'comfortable');
  await desk.page.reload();
  await expect(html).toHaveAttribute('data-density', 'comfortable');
  await expect(html).toHaveAttribute('data-palette', 'east-asian');
});

test('a port or a currency that is none is refused at its field', async ({ app, desk }) => {
  await desk.shell.go('Settings');
  const port = desk.settings.field('Local API', 'Port');
  for (const wrong of ['70000', 'many', '-1', '4.5']) {
    await port.fill(wrong);
    await expect(desk.settings.complaint('Local API')).toHaveText('Use a whole number from 0 to 65535.');
    await expect(port).toHaveAttribute('aria-invalid', 'true');
  }
  await port.fill('4321');
  await expect(desk.settings.complaint('Local API')).toHaveCount(0);
  await desk.settings.save('Local API');
  await expect(desk.shell.notice('The local API settings were saved')).toBeVisible();
  await app.visit(desk.page, '/settings');
  await expect(port).toHaveValue('4321');

  const currency = desk.settings.field('Base currency', 'Currency');
  await currency.fill('E1');
  await desk.settings.save('Base currency');
  await expect(desk.settings.complaint('Base currency')).toContainText('three letters');
});

test.describe('of NATS', () => {
  test.use({ args: ['--no-demo'] });

  test('are refused at the field where they cannot be an address, and applied without a restart', async ({
    nats,
    app,
    desk,
  }) => {
    const market = new PortfolioMarket('dev');
    await nats.publish(market.opening(4, 'fund'));
    await expect(desk.shell.chip('NATS')).toContainText('off');
    await desk.shell.go('Settings');
    await desk.settings.field('NATS', 'Server').fill('http://example.com');
    await desk.settings.save('NATS');
    await expect(desk.settings.complaint('NATS')).toContainText('the scheme is nats or tls, not http');
    await expect(desk.settings.field('NATS', 'Server')).toHaveAttribute('aria-invalid', 'true');
    await desk.settings.field('NATS', 'Server').fill(nats.url);
    await desk.settings.save('NATS');
    await expect(desk.shell.notice('The NATS settings were saved')).toBeVisible();
    await expect(desk.shell.chip('NATS')).toHaveText(/^\s*NATS\s*works$/);
    await desk.shell.go('Portfolios');
    await expect(desk.portfolios.list.rows).toHaveCount(4);
    await desk.shell.go('Settings');
    await desk.settings.field('NATS', 'Server').fill('');
    await desk.settings.save('NATS');
    await expect(desk.shell.chip('NATS')).toContainText('off');
    expect((await new Api(app).system()).sources.find(({ id }) => id === 'nats')?.state).toBe('off');
  });

  test('keep their secret to themselves', async ({ app, desk }) => {
    const received: string[] = [];
    desk.page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => received.push(String(payload)));
    });
    await desk.page.reload();
    await desk.shell.go('Settings');
    await desk.settings.field('NATS', 'Authentication').selectOption('user');
    await desk.settings.field('NATS', 'User').fill('reader');
    await desk.settings.field('NATS', 'Password').fill(SECRET);
    await desk.settings.save('NATS');
    await expect(desk.shell.notice('The NATS settings were saved')).toBeVisible();
    await desk.page.reload();
    await expect(desk.settings.field('NATS', 'User')).toHaveValue('reader');
    await expect(desk.settings.field('NATS', 'Password')).toHaveValue('');
    await expect(desk.settings.panel('NATS')).toContainText('Saved. It is never shown');
    await desk.shell.go('System');
    await expect(desk.system.auditRow('settings.set').first()).toContainText('nats');
    expect(received.length).toBeGreaterThan(0);
    expect(received.filter((payload) => payload.includes(SECRET))).toEqual([]);
    expect(app.log()).not.toContain(SECRET);
    await desk.shell.go('Settings');
    await desk.settings.panel('NATS').getByRole('button', { name: 'Forget' }).click();
    await desk.settings.save('NATS');
    await expect(desk.settings.panel('NATS')).toContainText('None is saved.');
  });
});
