import { describe, expect, it } from 'vitest';
import { ANALYTICS_WINDOWS } from '../../../src-contract/analytics.ts';
import { queryOfWindow, windowOf } from './analytics-window.ts';

describe('the window in the address', () => {
  it('is read back as it was written', () => {
    for (const window of ANALYTICS_WINDOWS) expect(windowOf(queryOfWindow(window))).toBe(window);
  });

  it('is 15 minutes when the address names none, or one that does not exist', () => {
    expect(windowOf('')).toBe('15m');
    expect(windowOf('?window=2w')).toBe('15m');
    expect(queryOfWindow('15m')).toBe('');
  });
});
