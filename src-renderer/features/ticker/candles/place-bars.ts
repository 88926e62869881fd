import type { Bar } from './bar.ts';

/** What stands at a place of the time axis: a bar, or a blank that shows a gap. */
export type Place = Bar | { readonly at: number; readonly open: null };

/** A gap takes at most as many places, however long it was; the labels of the axis tell its length. */
const MAX_BLANKS = 20;
/** Bars further apart than this many times their usual distance have a gap between them. */
const GAP_FACTOR = 5;
/** The usual distance is the median of as many distances before; prices may come more often at one time than at another. */
const USUAL_OF = 9;

/** A stretch between two bars without prices, in UTC milliseconds; `index` is that of the bar before it. */
export interface Gap {
  index: number;
  from: number;
  to: number;
  /** Usual distance of bars before it. */
  step: number;
}

/**
 * Lays bars out on the axis: one place each, and blanks where prices were missing for much longer than usual. Places are in
 * order of time but not in proportion to it: nights and outages do not push the bars apart.
 * @param interval length of a bar in milliseconds.
 */
export function placeBars(bars: readonly Bar[], interval: number): Place[] {
  const places: Place[] = [];
  let done = 0;
  for (const { index, to, step } of gapsOf(bars, interval)) {
    const at = bars[index]?.at ?? to;
    places.push(...bars.slice(done, index + 1));
    done = index + 1;
    const blanks = Math.min(MAX_BLANKS, Math.ceil((to - at) / step) - 1);
    // Each at a time of its own between the two, on the grid of whole seconds that the axis has.
    const distance = Math.floor((to - at) / (blanks + 1) / 1000) * 1000;
    for (let blank = 1; blank <= blanks; blank++) places.push({ at: at + blank * distance, open: null });
  }
  places.push(...bars.slice(done));
  return places;
}

/** The stretches without prices. */
export function gapsOf(bars: readonly Bar[], interval: number): Gap[] {
  const gaps: Gap[] = [];
  // The first bars have none before them: the distances after them tell what is usual.
  const before = [median(bars.slice(1, USUAL_OF + 1).map(({ at }, index) => at - (bars[index]?.at ?? at)))];
  for (let index = 0; index + 1 < bars.length; index++) {
    const at = bars[index]?.at ?? 0;
    const to = bars[index + 1]?.at ?? 0;
    const distance = to - at;
    // The usual distance is at least the interval: most bars need no median to tell that there is no gap.
    if (distance > GAP_FACTOR * interval) {
      const step = Math.max(interval, median(before));
      if (distance > GAP_FACTOR * step) gaps.push({ index, from: at + interval, to, step });
    }
    before.push(distance);
    if (before.length > USUAL_OF) before.shift();
  }
  return gaps;
}

/** Whether the bars from `from` on follow the one before, and one another, without a gap; in few steps, however many there are. */
export function continuesFrom(bars: readonly Bar[], from: number, interval: number): boolean {
  const context = USUAL_OF + 1;
  const tail = bars.slice(Math.max(0, from - context));
  const before = Math.min(from, context) - 1;
  return gapsOf(tail, interval).every(({ index }) => index < before);
}

/** The middle value; 0 for none. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
