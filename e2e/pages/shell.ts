import type { Locator, Page } from '@playwright/test';

/** What surrounds every screen: rail, top bar, palette, dialogs, banner. */
export class Shell {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The links to the screens: the rail, or the bar at the bottom of a phone. */
  get rail(): Locator {
    return this.#page.getByRole('navigation', { name: 'Screens' });
  }

  place(title: string): Locator {
    return this.rail.getByRole('link', { name: title, exact: true });
  }

  /** The heading of the screen that is shown. */
  heading(title: string): Locator {
    return this.#page.getByRole('main').getByRole('heading', { level: 1, name: title, exact: true });
  }

  /** The chip of a source in the top bar, found by the words it begins with. */
  chip(title: string): Locator {
    return this.#page
      .getByRole('list', { name: 'Sources' })
      .getByRole('link', { name: new RegExp(`^${title}\\b`) });
  }

  /** How far the page scrolls beyond the end of the screen, in pixels. */
  async scrollsTooFar(): Promise<number> {
    return this.#page.getByRole('main').evaluate((main) => {
      const end = main.firstElementChild?.getBoundingClientRect().bottom ?? 0;
      const shown = Math.max(end + main.scrollTop - main.getBoundingClientRect().top, main.clientHeight);
      return Math.round(main.scrollHeight - shown);
    });
  }

  get environment(): Locator {
    return this.#page.getByRole('button', { name: /^Environment: / });
  }

  get theme(): Locator {
    return this.#page.getByRole('button', { name: /^Theme: / });
  }

  /** What says that the engine or the host cannot be reached. */
  get banner(): Locator {
    return this.#page.getByRole('region', { name: 'Connection', exact: true });
  }

  get palette(): Locator {
    return this.#page.getByRole('dialog', { name: 'Search or run a command' });
  }

  get shortcuts(): Locator {
    return this.#page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  }

  /** A brief notice in the corner. */
  notice(words: string | RegExp): Locator {
    return this.#page.getByRole('listitem').filter({ hasText: words });
  }

  /** Opens the palette by its keys and types into it. */
  async search(text: string): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+k');
    await this.palette.getByRole('combobox').fill(text);
  }

  async go(title: string): Promise<void> {
    await this.place(title).click();
  }

  async chooseTheme(label: string): Promise<void> {
    await this.theme.click();
    await this.#page.getByRole('menuitem', { name: label }).click();
  }

  /** Switches the environment in the top bar and confirms it. */
  async switchTo(environment: string): Promise<void> {
    await this.environment.click();
    await this.#page.getByRole('menuitem', { name: new RegExp(`^${environment}\\b`) }).click();
    await this.#page.getByRole('button', { name: `Switch to ${environment}`, exact: true }).click();
  }
}
