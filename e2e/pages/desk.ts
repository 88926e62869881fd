import type { Page } from '@playwright/test';
import { ActivityPage } from './activity-page.ts';
import { AnalyticsPage } from './analytics-page.ts';
import { InvoicesPage } from './invoices-page.ts';
import { Overview } from './overview.ts';
import { PortfolioPage } from './portfolio-page.ts';
import { Portfolios } from './portfolios.ts';
import { RejectsPage } from './rejects-page.ts';
import { Settings } from './settings.ts';
import { Shell } from './shell.ts';
import { System } from './system.ts';
import { TickerPage } from './ticker-page.ts';
import { TickersPage } from './tickers-page.ts';

/** All of the app in one page: what surrounds the screens, and each screen. */
export class Desk {
  readonly page: Page;
  readonly shell: Shell;
  readonly overview: Overview;
  readonly portfolios: Portfolios;
  readonly portfolio: PortfolioPage;
  readonly tickers: TickersPage;
  readonly ticker: TickerPage;
  readonly invoices: InvoicesPage;
  readonly activity: ActivityPage;
  readonly analytics: AnalyticsPage;
  readonly rejects: RejectsPage;
  readonly system: System;
  readonly settings: Settings;

  constructor(page: Page) {
    this.page = page;
    this.shell = new Shell(page);
    this.overview = new Overview(page);
    this.portfolios = new Portfolios(page);
    this.portfolio = new PortfolioPage(page);
    this.tickers = new TickersPage(page);
    this.ticker = new TickerPage(page);
    this.invoices = new InvoicesPage(page);
    this.activity = new ActivityPage(page);
    this.analytics = new AnalyticsPage(page);
    this.rejects = new RejectsPage(page);
    this.system = new System(page);
    this.settings = new Settings(page);
  }
}
