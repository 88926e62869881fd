import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { frameTimes, percentileOf } from '../../../bench/chart-frames.ts';
import { openGrid, watchSelected } from '../../../bench/grid-acts.ts';
import { startGridWorld } from '../../../bench/grid-world.ts';
import { BROWSER_LAUNCH } from '../../system/browser-launch.ts';
import { atMost, counted, type Finding, type Point } from '../finding.ts';

interface Scale {
  rows: number;
  perSecond: number;
  /** Parts of the watch; the heap is looked at after each, the first one warms up. */
  parts: number;
  partMs: number;
  /** Frames decide only where nothing else runs beside. */
  frameLimitMs: number;
}

export const FULL: Scale = { rows: 1_000_000, perSecond: 500, parts: 11, partMs: 60_000, frameLimitMs: 25 };
export const SHORT: Scale = { rows: 20_000, perSecond: 100, parts: 3, partMs: 1500, frameLimitMs: Infinity };

const HEAP_GROWTH = 1.1;

/** Watches the grid in a browser while rows arrive: the selected row stands still, frames come in time, the heap stays flat. */
export const run: Point<Scale> = async ({ scale, log, signal }) => {
  const world = await startGridWorld(scale.rows);
  const browser = await chromium.launch(BROWSER_LAUNCH);
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${world.host.url}/system`);
    await openGrid(page, '/invoices', `${scale.rows.toLocaleString('en')} invoices`);
    const stop = await world.publish(scale.perSecond);
    const findings = await watch(page, scale, log, signal);
    const sent = await stop();
    return [...findings, await allCounted(page, scale.rows + sent, signal)];
  } finally {
    await browser.close();
    await world.stop();
  }
};

async function watch(
  page: Page,
  scale: Scale,
  log: (words: string) => void,
  signal: AbortSignal,
): Promise<Finding[]> {
  await page.getByRole('grid', { name: 'Invoices' }).getByRole('gridcell').first().click();
  await page.keyboard.press('Escape');
  const moved = await watchSelected(page);
  const session = await page.context().newCDPSession(page);
  const heaps: number[] = [];
  const frames: number[] = [];
  for (let part = 0; part < scale.parts; part++) {
    signal.throwIfAborted();
    frames.push(...(await frameTimes(page, scale.partMs)));
    heaps.push(await heapOf(session));
    log(`heap ${((heaps.at(-1) ?? 0) / 1e6).toFixed(1)} MB`);
  }
  const first = heaps[1] ?? 0;
  return [
    atMost('the selected row moved', await moved(), 0, 'px'),
    atMost('frames, P95', percentileOf(frames, 95), scale.frameLimitMs, 'ms'),
    atMost(
      'heap, most against after the first parts',
      Math.max(...heaps.slice(1)) / first,
      HEAP_GROWTH,
      'times',
    ),
  ];
}

/** Bytes of the page's heap that are still in use after everything else was collected. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

/** Whether the grid, brought up to date, counts all that were there and all that came. */
async function allCounted(page: Page, expected: number, signal: AbortSignal): Promise<Finding> {
  const words = `${expected.toLocaleString('en')} invoices`;
  const list = page.getByRole('region', { name: 'List of invoices' });
  for (let tries = 0; tries < 100; tries++) {
    if ((await list.textContent())?.includes(words)) break;
    await sleep(100, undefined, { signal });
  }
  const said = /(\d[\d,]*) invoices/.exec((await list.textContent()) ?? '')?.[1] ?? '0';
  return counted('invoices counted', Number(said.replaceAll(',', '')), expected);
}
