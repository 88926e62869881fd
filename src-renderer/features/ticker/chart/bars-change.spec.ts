import { describe, expect, it } from 'vitest';
import type { Bar } from '../candles/bar.ts';
import { barsChange } from './bars-change.ts';

const bar = (at: number, close = 1): Bar => ({
  at,
  open: 1,
  high: 1,
  low: 1,
  close,
  ticks: 1,
  source: 'demo',
});
const BEFORE = [bar(10), bar(20), bar(30)];

describe('barsChange', () => {
  it('sees that nothing changed', () => {
    expect(barsChange(BEFORE, BEFORE)).toEqual({ kind: 'none' });
  });

  it('sees a last bar that grew, and bars after it', () => {
    expect(barsChange(BEFORE, [...BEFORE.slice(0, 2), bar(30, 2)])).toEqual({ kind: 'tail', from: 2 });
    expect(barsChange(BEFORE, [...BEFORE, bar(40), bar(50)])).toEqual({ kind: 'tail', from: 2 });
  });

  it('sees older bars, also when the last one grew meanwhile', () => {
    expect(barsChange(BEFORE, [bar(1), bar(5), ...BEFORE])).toEqual({ kind: 'earlier' });
    expect(barsChange(BEFORE, [bar(5), ...BEFORE.slice(0, 2), bar(30, 2)])).toEqual({ kind: 'earlier' });
  });

  it('takes everything else for another list', () => {
    expect(barsChange(BEFORE, [])).toEqual({ kind: 'all' });
    expect(barsChange([], BEFORE)).toEqual({ kind: 'all' });
    expect(barsChange(BEFORE, [bar(10), bar(20, 5), bar(30)])).toEqual({ kind: 'all' });
    expect(barsChange(BEFORE, [bar(50), bar(60), bar(70), bar(80)])).toEqual({ kind: 'all' });
  });
});
