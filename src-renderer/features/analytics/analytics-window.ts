import { ANALYTICS_WINDOWS, type AnalyticsWindow } from '../../../src-contract/analytics.ts';

/** The window that is shown unless the address names another. */
const USUAL: AnalyticsWindow = '15m';

const NAMES: Record<AnalyticsWindow, { label: string; words: string }> = {
  '1m': { label: '1 min', words: 'the last minute' },
  '5m': { label: '5 min', words: 'the last 5 minutes' },
  '15m': { label: '15 min', words: 'the last 15 minutes' },
  '1h': { label: '1 h', words: 'the last hour' },
  '24h': { label: '24 h', words: 'the last 24 hours' },
  start: { label: 'All', words: 'everything stored' },
};

/** The windows to choose from. */
export const WINDOW_CHOICES = ANALYTICS_WINDOWS.map((value) => ({ value, label: NAMES[value].label }));

/** A window as the end of a sentence: `the last hour`. */
export function windowWords(window: AnalyticsWindow): string {
  return NAMES[window].words;
}

/** The window an address asks for; what names none is the usual one. */
export function windowOf(query: string): AnalyticsWindow {
  const asked = new URLSearchParams(query).get('window');
  return ANALYTICS_WINDOWS.find((window) => window === asked) ?? USUAL;
}

/** The query that asks for a window; empty for the usual one. */
export function queryOfWindow(window: AnalyticsWindow): string {
  return window === USUAL ? '' : `?window=${window}`;
}
