import type { Page } from '@playwright/test';

/** Distances of drawn frames over a while, in milliseconds, by the page's own frame timing. */
export function frameTimes(page: Page, milliseconds: number): Promise<number[]> {
  return page.evaluate(
    (duration) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const begun = performance.now();
        let before = begun;
        const frame = (now: number): void => {
          times.push(now - before);
          before = now;
          if (now - begun < duration) requestAnimationFrame(frame);
          else resolve(times.slice(1));
        };
        requestAnimationFrame(frame);
      }),
    milliseconds,
  );
}

/**
 * How long it takes, in milliseconds, until a chart is drawn after something in the page is pressed: `press` names the
 * element, `words` is what the chart says of itself then.
 */
export function drawnAfter(page: Page, press: string, words: string): Promise<number> {
  return page.evaluate(
    ([selector, pattern]) =>
      new Promise<number>((resolve, reject) => {
        const element = document.querySelector<HTMLElement>(selector);
        if (element === null) return reject(new Error(`there is no ${selector}`));
        const says = (): boolean =>
          new RegExp(pattern).test(document.querySelector('figcaption')?.textContent ?? '');
        const begun = performance.now();
        const observer = new MutationObserver(() => {
          if (!says()) return;
          observer.disconnect();
          // The first frame after the one that was asked for in the meantime has the picture on the glass.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begun)));
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        element.click();
      }),
    [press, words] as const,
  );
}

/** The value below which `percent` of the values lie. */
export function percentileOf(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
