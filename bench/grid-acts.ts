import type { Page } from '@playwright/test';

/** What the page's own clock measured, in milliseconds. */
const GRID = '[role=grid][aria-label=Invoices]';

/** From the press on a link inside the app to the grid's rows and count drawn. */
export function openGrid(page: Page, path: string, words: string): Promise<number> {
  return page.evaluate(
    ([grid, target, text]) =>
      new Promise<number>((resolve) => {
        const link = document.createElement('a');
        link.href = target;
        document.querySelector('main')?.append(link);
        const begun = performance.now();
        const look = (): void => {
          const element = document.querySelector(grid);
          const counted = document.querySelector('main')?.textContent.includes(text) ?? false;
          const drawn = element?.querySelector('[aria-rowindex="2"] [role=gridcell]')?.textContent ?? '';
          const isThere = element?.getAttribute('aria-busy') === 'false' && !/^$|Loading/.test(drawn.trim());
          if (counted && isThere) requestAnimationFrame(() => resolve(performance.now() - begun));
          else requestAnimationFrame(look);
        };
        link.click();
        link.remove();
        look();
      }),
    [GRID, path, words] as const,
  );
}

/** From a jump of the scroll bar to a share of the list to rows on the glass, none of them a stand-in. */
export function jumpTo(page: Page, share: number): Promise<number> {
  return page.evaluate(
    ([grid, where]) =>
      new Promise<number>((resolve) => {
        const scroller = document.querySelector(grid);
        if (scroller === null) throw new Error('there is no grid');
        // The header is no row of the list, and neither is the one that is kept for its focus.
        const rows = (): Element[] =>
          [...scroller.querySelectorAll('[role=row][aria-rowindex]')].filter(
            (row) => row.getAttribute('aria-rowindex') !== '1' && row.matches(':not(.opacity-0)'),
          );
        const first = (): number => Number(rows()[0]?.getAttribute('aria-rowindex'));
        const before = first();
        const begun = performance.now();
        scroller.scrollTop = where * (scroller.scrollHeight - scroller.clientHeight);
        const look = (): void => {
          const there = rows();
          const isMoved = first() !== before;
          const isDrawn = there.every((row) => !row.textContent.includes('Loading'));
          if (isMoved && there.length > 0 && isDrawn)
            requestAnimationFrame(() => resolve(performance.now() - begun));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    [GRID, share] as const,
  );
}

/** How far the selected row has moved on the glass since `begin` was called, at most; by every drawn frame. */
export async function watchSelected(page: Page): Promise<() => Promise<number>> {
  await page.evaluate((grid) => {
    const top = (): number | null =>
      document.querySelector(`${grid} [role=row][aria-selected=true]`)?.getBoundingClientRect().top ?? null;
    const begun = top();
    let moved = begun === null ? Infinity : 0;
    const look = (): void => {
      const now = top();
      moved = Math.max(moved, now === null || begun === null ? Infinity : Math.abs(now - begun));
      document.body.dataset['benchMoved'] = String(moved);
      requestAnimationFrame(look);
    };
    look();
  }, GRID);
  return () => page.evaluate(() => Number(document.body.dataset['benchMoved']));
}
