import type { Locator, Page } from '@playwright/test';
import { chartTable, figureOf } from './chart-table.ts';
import { EventTail } from './event-tail.ts';
import { panel, valueOf } from './panel.ts';

/** The screen of who did what, and when. */
export class ActivityPage {
  readonly tail: EventTail;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.tail = new EventTail(page, 'Latest activity');
  }

  panel(title: string): Locator {
    return panel(this.#page, title);
  }

  figure(term: 'Recorded' | 'Today so far' | 'Busiest day' | 'Most frequent type' | 'Ever'): Locator {
    return valueOf(this.panel('Totals'), term);
  }

  async showPeriod(days: '7 days' | '14 days' | '30 days' | '90 days'): Promise<void> {
    await this.#page.getByRole('radiogroup', { name: 'Period' }).getByText(days, { exact: true }).click();
  }

  /** Figures of each day, the newest first: of all types, then type by type. */
  async days(): Promise<number[][]> {
    const rows = await chartTable(this.panel('Activity per day'));
    return rows.map((cells) => cells.slice(1).map(figureOf));
  }

  /** Figures of each hour of the day: Monday to Sunday. */
  async hours(): Promise<number[][]> {
    const rows = await chartTable(this.panel('Hours of the week'));
    return rows.map((cells) => cells.slice(1).map(figureOf));
  }

  /** The bars of the most active users. */
  get users(): Locator {
    return this.#page.getByRole('list', { name: 'Top users', exact: true }).getByRole('listitem');
  }
}
