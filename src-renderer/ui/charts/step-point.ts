import { chartIntent } from './chart-keys.ts';
import type { KeyPress } from '../key-press.ts';

/**
 * Where a key moves the crosshair of a chart of `count` columns; null takes it away, undefined: the key does nothing. From
 * nowhere it comes in at the last one.
 */
export function stepPoint(press: KeyPress, at: number | null, count: number): number | null | undefined {
  const intent = chartIntent(press);
  if (intent === null || count === 0) return undefined;
  if (intent.do === 'clear') return null;
  if (intent.do === 'ends') return intent.last ? count - 1 : 0;
  if (intent.do !== 'step') return undefined;
  return Math.max(0, Math.min(count - 1, (at ?? count) + intent.by));
}
