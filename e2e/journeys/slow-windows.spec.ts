import { expect, type Page } from '@playwright/test';
import { shownAmount } from '../expectations/exact-decimal.ts';
import { expectedPortfolio } from '../expectations/expected-portfolio.ts';
import { Api } from '../fixtures/api.ts';
import { publishPaced } from '../fixtures/paced-publisher.ts';
import { PortfolioMarket } from '../fixtures/portfolio-market.ts';
import { test } from '../fixtures/test.ts';
import { Desk } from '../pages/desk.ts';

/** Reloads a page again and again until `ended`; resolves with how often. */
async function reloadUntil(page: Page, ended: AbortSignal): Promise<number> {
  let times = 0;
  for (; !ended.aborted; times++) await page.reload();
  return times;
}

test(
  'one page that reloads in a loop and one that is frozen cost the third nothing',
  { tag: '@headless' },
  async ({ nats, natsApp, context }) => {
    const market = new PortfolioMarket('dev');
    const api = new Api(natsApp);
    let sent = await nats.publish(market.opening(24, 'fund'));
    const restless = await natsApp.page('/portfolios');
    const frozen = new Desk(await natsApp.page('/portfolios'));
    await expect(frozen.portfolios.panel).toHaveAttribute('data-state', 'live');
    const devtools = await context.newCDPSession(frozen.page);
    // Stopped in the debugger it runs nothing at all, like a page of a laptop that sleeps.
    await devtools.send('Debugger.enable');
    await devtools.send('Debugger.pause');
    const desk = new Desk(await natsApp.page('/portfolios'));

    const published = new AbortController();
    const reloading = reloadUntil(restless, published.signal);
    sent += await publishPaced(nats, {
      perSecond: 2000,
      seconds: 6,
      message: (index) => market.price(`SYM${(index % 12) + 1}`, 10 + (index % 997) / 7),
    });
    published.abort();
    expect(await reloading).toBeGreaterThan(1);

    const total = [...market.shared.values()].reduce(
      (sum, holdings) => sum + expectedPortfolio(holdings, market.prices).value,
      0n,
    );
    const totalOf = ({ portfolios: { list } }: Desk) => list.cell(list.totals, 'Value');
    await expect(await totalOf(desk)).toHaveText(shownAmount(total));
    await expect(await totalOf(new Desk(restless))).toHaveText(shownAmount(total));
    expect((await api.system()).ledger).toEqual({
      received: sent,
      stored: sent,
      repeated: 0,
      rejected: 0,
      waiting: 0,
    });
    await desk.shell.go('System');
    await expect(desk.system.clients.filter({ hasText: /not for \d+ s/ })).toHaveCount(1);

    await devtools.send('Debugger.resume');
    await frozen.page.bringToFront();
    await expect(await totalOf(frozen)).toHaveText(shownAmount(total));
  },
);
