import type { Locator, Page } from '@playwright/test';
import { panel, valueOf } from './panel.ts';

/** The screen about the app itself. */
export class System {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  panel(title: string): Locator {
    return panel(this.#page, title);
  }

  figure(term: 'State' | 'Environment' | 'Events' | 'Up for' | 'Started' | 'Services running'): Locator {
    return valueOf(this.panel('Summary'), term);
  }

  /** A row of the ledger: a source's id, or All. */
  ledgerRow(name: string): Locator {
    return this.#row('Ledger', name);
  }

  /** The numbers of a ledger row: received, stored, repeated, rejected, waiting. */
  async ledger(name = 'All'): Promise<number[]> {
    const texts = await this.ledgerRow(name).getByRole('cell').allInnerTexts();
    return texts.slice(1, 6).map((text) => Number(text.replaceAll(',', '')));
  }

  streamRows(name: string): Locator {
    return this.panel('Streams and offsets').getByRole('row').filter({ hasText: name });
  }

  service(title: string): Locator {
    return this.#row('Services', title);
  }

  get failedServices(): Locator {
    return this.#page.getByRole('list', { name: 'Failed services' }).getByRole('listitem');
  }

  restart(scope: Locator, title: string): Locator {
    return scope.getByRole('button', { name: `Restart ${title}`, exact: true });
  }

  get clients(): Locator {
    return this.panel('Windows and clients')
      .getByRole('row')
      .filter({ has: this.#page.getByRole('cell') });
  }

  auditRow(action: string): Locator {
    return this.panel('Audit')
      .getByRole('row')
      .filter({ has: this.#page.getByRole('cell', { name: action, exact: true }) });
  }

  async refreshAudit(): Promise<void> {
    await this.panel('Audit').getByRole('button', { name: 'Refresh' }).click();
  }

  /** Lets a portfolio's worker throw. */
  async crashWorker(slug: string): Promise<void> {
    const drills = this.panel('Fault drills');
    await drills.getByLabel('Portfolio worker').selectOption(slug);
    await drills.getByRole('button', { name: 'Make it throw' }).click();
  }

  /** What the panel of the breaker says under a term. */
  breaker(term: 'State' | 'Since' | 'Next probe' | 'Failures in a row'): Locator {
    return valueOf(this.panel('Circuit breaker'), term);
  }

  /** The changes of the breaker's state, the newest first. */
  get transitions(): Locator {
    return this.panel('Circuit breaker')
      .getByRole('row')
      .filter({ has: this.#page.getByRole('cell') });
  }

  /** A button of the fault drills. */
  drill(name: string): Locator {
    return this.panel('Fault drills').getByRole('button', { name, exact: true });
  }

  get stopEngine(): Locator {
    return this.panel('Fault drills').getByRole('button', { name: 'Stop the engine' });
  }

  #row(title: string, name: string): Locator {
    const cell = this.#page.getByRole('cell', { name, exact: true });
    return this.panel(title).getByRole('row').filter({ has: cell });
  }
}
