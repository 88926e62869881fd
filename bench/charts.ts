import { chromium, type Page } from '@playwright/test';
import { BROWSER_LAUNCH } from '../scripts/system/browser-launch.ts';
import { drawnAfter, frameTimes, percentileOf } from './chart-frames.ts';
import { startChartWorld, type ChartWorld } from './chart-world.ts';
import { HISTORY_SYMBOLS } from './price-history.ts';
import type { BenchResult } from './report.ts';
import { median } from './rounds.ts';

/** 10 million ticks: 50 symbols, 5 s apart, 11 days; before them a year of hours and days. */
const STEPS = 200_000;
const ROUNDS = 7;
const FRAMES_MS = 20_000;
const TICKS_PER_SECOND = 1000;
const PAINT_LIMIT_MS = 300;
const PAGE_LIMIT_MS = 100;
const FRAME_LIMIT_MS = 25;

/** What a page of the app measured, in milliseconds. */
interface Measured {
  paints: number[];
  pages: number[];
  live: number[];
  empty: number[];
  ticks: number;
}

/**
 * A ticker's chart in a real browser over 10 million ticks: its first picture, panning back to the year's beginning, and its
 * frames while 1,000 prices a second come, beside those of an empty page.
 */
export async function run(): Promise<BenchResult> {
  const world = await startChartWorld(STEPS);
  const browser = await chromium.launch(BROWSER_LAUNCH);
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const empty = await browser.newPage();
    return result(await measure(world, page, empty));
  } finally {
    await browser.close();
    await world.stop();
  }
}

async function measure(world: ChartWorld, page: Page, empty: Page): Promise<Measured> {
  // Everything but the empty page is measured while prices come.
  const stop = await world.publish(TICKS_PER_SECOND);
  const paints: number[] = [];
  for (const symbol of HISTORY_SYMBOLS.slice(0, ROUNDS + 1)) paints.push(await paint(world, page, symbol));
  const pages = await panToBeginning(world, page);
  await page.goto(`${world.host.url}/tickers/S01?interval=1s&as=candles&with=sma-20,rsi-14`);
  await page
    .getByRole('region', { name: 'Chart' })
    .getByText(/candles of 1s/)
    .waitFor();
  const live = await frameTimes(page, FRAMES_MS);
  const ticks = await stop();
  await empty.bringToFront();
  return { paints: paints.slice(1), pages, live, empty: await frameTimes(empty, FRAMES_MS / 4), ticks };
}

/** From the press on a link inside the app to the picture of its newest hours. */
async function paint(world: ChartWorld, page: Page, symbol: string): Promise<number> {
  await page.goto(`${world.host.url}/system`);
  await page.evaluate((path) => {
    const link = document.createElement('a');
    link.href = path;
    link.id = 'bench-link';
    document.querySelector('main')?.append(link);
  }, `/tickers/${symbol}?interval=1m&as=candles&with=`);
  return drawnAfter(page, '#bench-link', '500 candles of 1m');
}

/** Every page of hours that panning back to the year's beginning loads, from its request to its picture. */
async function panToBeginning(world: ChartWorld, page: Page): Promise<number[]> {
  await page.goto(`${world.host.url}/tickers/S00?interval=1h&as=candles&with=`);
  const chart = page.getByRole('region', { name: 'Chart' });
  await chart.getByText(/candles of 1h/).waitFor();
  await chart.getByRole('group', { name: /candles\. Arrow keys/ }).focus();
  return page.evaluate(async () => {
    const times: number[] = [];
    const group = document.activeElement;
    const count = (): number =>
      Number(
        /([\d,]+) candles/
          .exec(document.querySelector('figcaption')?.textContent ?? '')?.[1]
          ?.replace(',', ''),
      );
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let still = 0; still < 200 && count() < 9000; still++) {
      const before = count();
      const begun = performance.now();
      group?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowLeft', shiftKey: true, bubbles: true, cancelable: true }),
      );
      await frame();
      // A press that comes near the oldest candle asks for a page; the others only move the view.
      while (document.querySelector('figure [role=status]')?.textContent.includes('Loading')) await frame();
      await frame();
      if (count() > before) times.push(performance.now() - begun);
      if (count() > before) still = 0;
    }
    return times;
  });
}

function result({ paints, pages, live, empty, ticks }: Measured): BenchResult {
  const liveP95 = percentileOf(live, 95);
  const emptyP95 = percentileOf(empty, 95);
  return {
    name: 'charts',
    ratios: [
      {
        name: 'first picture / 300 ms',
        value: median(paints) / PAINT_LIMIT_MS,
        meaning: 'from the press on a link to a chart of 500 candles drawn, against its limit',
        floor: 1,
        goal: 0.5,
        lessIsBetter: true,
      },
      {
        name: 'page when panning P95 / 100 ms',
        value: percentileOf(pages, 95) / PAGE_LIMIT_MS,
        meaning:
          'from the key to 1,000 older candles drawn, on the way to the beginning of a year, against its limit',
        floor: 1,
        goal: 0.5,
        lessIsBetter: true,
      },
      {
        name: 'live frame P95 / 25 ms',
        value: liveP95 / FRAME_LIMIT_MS,
        meaning: `frames of the page at ${TICKS_PER_SECOND} prices a second, against their limit`,
        floor: 1,
        goal: 0.7,
        lessIsBetter: true,
      },
      {
        name: 'live frame P95 / empty page',
        value: liveP95 / emptyP95,
        meaning: 'the same against the frames of an empty page of the same browser',
        floor: 1.5,
        goal: 1.1,
        lessIsBetter: true,
      },
    ],
    absolute: {
      'first picture, ms': median(paints),
      'pages loaded': pages.length,
      'page P95, ms': percentileOf(pages, 95),
      'live frame P50, ms': percentileOf(live, 50),
      'live frame P95, ms': liveP95,
      'live frame max, ms': Math.max(...live),
      'empty frame P95, ms': emptyP95,
      'prices published': ticks,
    },
  };
}
