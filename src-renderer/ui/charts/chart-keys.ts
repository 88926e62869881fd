import type { KeyPress } from '../key-press.ts';

/** What a key asks of a chart. */
export type ChartIntent =
  | { do: 'step'; by: number }
  | { do: 'ends'; last: boolean }
  | { do: 'pan'; part: number }
  | { do: 'zoom'; factor: number }
  | { do: 'fit' }
  | { do: 'clear' };

const ZOOM = 1.25;
const PLAIN: Readonly<Record<string, ChartIntent>> = {
  ArrowLeft: { do: 'step', by: -1 },
  ArrowRight: { do: 'step', by: 1 },
  PageUp: { do: 'step', by: -10 },
  PageDown: { do: 'step', by: 10 },
  Home: { do: 'ends', last: false },
  End: { do: 'ends', last: true },
  '+': { do: 'zoom', factor: 1 / ZOOM },
  '=': { do: 'zoom', factor: 1 / ZOOM },
  '-': { do: 'zoom', factor: ZOOM },
  '0': { do: 'fit' },
  Escape: { do: 'clear' },
};

/** Keys of a chart: arrows move the crosshair from point to point, with Shift the view; + and − zoom, 0 shows all. */
export function chartIntent(press: KeyPress): ChartIntent | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.shiftKey && press.key === 'ArrowLeft') return { do: 'pan', part: -0.2 };
  if (press.shiftKey && press.key === 'ArrowRight') return { do: 'pan', part: 0.2 };
  return PLAIN[press.key] ?? null;
}
