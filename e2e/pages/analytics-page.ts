import type { Locator, Page } from '@playwright/test';
import { chartTable, figureOf } from './chart-table.ts';
import { EventTail } from './event-tail.ts';
import { panel, valueOf } from './panel.ts';

/** A stage of the pipeline by its title. */
type StageTitle = 'Receive' | 'Check' | 'Commit' | 'Aggregate';

/** The screen of what events come to, and of the pipeline that they pass. */
export class AnalyticsPage {
  readonly tail: EventTail;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.tail = new EventTail(page, 'Live tail');
  }

  figure(term: 'Processed' | 'Rate' | 'In the window' | 'Average value' | 'Distinct users'): Locator {
    return valueOf(panel(this.#page, 'Figures'), term);
  }

  /** The bars of the most frequent types. */
  get types(): Locator {
    return this.#page.getByRole('list', { name: 'Top types', exact: true }).getByRole('listitem');
  }

  async showWindow(label: string): Promise<void> {
    await this.#page.getByRole('radiogroup', { name: 'Window' }).getByText(label, { exact: true }).click();
  }

  /** How many events all buckets of the series have. */
  async eventsInSeries(): Promise<number> {
    const rows = await chartTable(panel(this.#page, 'Events over time'));
    return rows.reduce((sum, [, events]) => sum + figureOf(events), 0);
  }

  /** What holds the pipeline up, in words. */
  get bottleneck(): Locator {
    return panel(this.#page, 'Pipeline').getByRole('status');
  }

  /** A stage on the map of pressure. */
  stage(title: StageTitle): Locator {
    return panel(this.#page, title);
  }

  /** Slows a stage as a drill does, by `50 ms` or so; `not slowed` lifts it. */
  async slow(title: StageTitle, delay: '50 ms' | '200 ms' | 'not slowed'): Promise<void> {
    const drill = this.#page.getByRole('group', { name: 'Drill: slow a stage' });
    await drill.getByLabel('Slow the stage').selectOption(title);
    await drill.getByText(delay, { exact: true }).click();
  }
}
