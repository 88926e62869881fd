import type { Locator, Page } from '@playwright/test';
import { panel, valueOf } from './panel.ts';

/** Figures that the read-out shows of a candle, by the letters it shows them with. */
const FIGURES = { open: 'O', high: 'H', low: 'L', close: 'C', ticks: 'Ticks' } as const;

/** The page of one symbol: quote, chart, sources. */
export class TickerPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  panel(title: 'Quote' | 'Chart' | 'Sources'): Locator {
    return panel(this.#page, title);
  }

  quote(term: string): Locator {
    return valueOf(this.panel('Quote'), term);
  }

  /** What takes the keys of the chart. */
  get chart(): Locator {
    return this.panel('Chart').getByRole('group', { name: /candles\. Arrow keys/ });
  }

  /** The chart in a sentence, as screen readers get it. */
  get summary(): Locator {
    return this.panel('Chart').locator('figcaption');
  }

  /** A figure of the candle under the crosshair, or of the newest. */
  figure(name: keyof typeof FIGURES): Locator {
    return valueOf(this.panel('Chart'), FIGURES[name]);
  }

  /** What the read-out shows of an indicator. */
  indicator(title: string): Locator {
    return this.panel('Chart')
      .getByRole('term')
      .filter({ hasText: new RegExp(`${title}$`) })
      .locator('xpath=following-sibling::dd[1]');
  }

  interval(name: string): Locator {
    return this.#choice('Interval', name);
  }

  kind(name: 'Candles' | 'Line' | 'Area'): Locator {
    return this.#choice('Drawn as', name);
  }

  #choice(label: string, name: string): Locator {
    return this.#page.getByRole('radiogroup', { name: label }).getByRole('radio', { name, exact: true });
  }

  async switchIndicator(title: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Indicators' }).click();
    await this.#page.getByRole('menuitem', { name: new RegExp(`^${title}( \\(current\\))?$`) }).click();
    // The menu was over the chart: the pointer would lead the crosshair.
    await this.#page.mouse.move(0, 0);
  }

  get compareButton(): Locator {
    return this.#page.getByRole('main').getByRole('button', { name: 'Compare', exact: true });
  }

  async compareWith(symbol: string): Promise<void> {
    await this.compareButton.click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Symbol' }).fill(symbol);
    await dialog.getByRole('button', { name: 'Compare', exact: true }).click();
  }

  /** What brings the newest candle back into view. */
  get goToLive(): Locator {
    return this.panel('Chart').getByRole('button', { name: 'Go to live' });
  }

  /** How many points of the chart have the colour of a token, such as `--series-6`. */
  async pointsOf(token: string): Promise<number> {
    return this.chart.evaluate((chart, name) => {
      const mixed = document.createElement('canvas').getContext('2d');
      if (mixed === null) return 0;
      mixed.fillStyle = getComputedStyle(chart).getPropertyValue(name);
      mixed.fillRect(0, 0, 1, 1);
      const wanted = mixed.getImageData(0, 0, 1, 1).data;
      let points = 0;
      for (const canvas of chart.querySelectorAll('canvas')) {
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
          data: [],
        };
        for (let at = 0; at < data.length; at += 4) {
          if ([0, 1, 2].every((part) => Math.abs((data[at + part] ?? 0) - (wanted[part] ?? 0)) < 3)) points++;
        }
      }
      return points;
    }, token);
  }

  /** What takes a compared symbol off the chart; it stands beside the symbol's price. */
  stopComparing(symbol: string): Locator {
    return this.panel('Chart').getByRole('button', { name: `Stop comparing with ${symbol}`, exact: true });
  }

  compared(symbol: string): Locator {
    return this.stopComparing(symbol).locator('xpath=..');
  }

  /** Saves the chart and answers the file. */
  async save(as: 'Picture (PNG)' | 'Loaded candles (CSV)'): Promise<{ name: string; content: Buffer }> {
    await this.panel('Chart').getByRole('button', { name: 'Save the chart' }).click();
    const [download] = await Promise.all([
      this.#page.waitForEvent('download'),
      this.#page.getByRole('menuitem', { name: as }).click(),
    ]);
    const parts: Buffer[] = [];
    for await (const part of await download.createReadStream()) parts.push(part as Buffer);
    return { name: download.suggestedFilename(), content: Buffer.concat(parts) };
  }

  /** The cells of the table behind the chart, as it is when it is opened, newest candle first. */
  async table(): Promise<string[][]> {
    await this.panel('Chart').getByRole('button', { name: 'Show as table' }).click();
    const rows = this.panel('Chart').getByRole('table').locator('tbody tr');
    await rows.first().waitFor();
    return rows.evaluateAll((found) =>
      found.map((row) => [...row.children].map((cell) => cell.textContent.trim())),
    );
  }

  /** The row of a source, by how people call it. */
  source(title: string): Locator {
    return this.panel('Sources').getByRole('row').filter({ hasText: title });
  }

  subscribe(): Locator {
    return this.#page.getByRole('main').getByRole('button', { name: 'Subscribe', exact: true });
  }

  unsubscribe(): Locator {
    return this.#page.getByRole('main').getByRole('button', { name: 'Unsubscribe', exact: true });
  }
}
