import { describe, expect, it } from 'vitest';
import type { Bar } from './bar.ts';
import { barsCsv, barsSummary, barsTable } from './describe-bars.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 21, 9, 30);
const bar = (minute: number, close: number): Bar => ({
  at: START + minute * MINUTE,
  open: 100,
  high: Math.max(100, close),
  low: Math.min(100, close),
  close,
  ticks: 12,
  source: 'stocks',
});
const described = (bars: readonly Bar[]) => ({
  symbol: 'AAPL',
  bars,
  interval: MINUTE,
  intervalName: '1 minute',
  currency: 'USD',
  zone: 'UTC',
});

describe('barsSummary', () => {
  it('says from where to where, the extremes and the gaps', () => {
    expect(barsSummary(described([bar(0, 101), bar(1, 90.5), bar(2, 120), bar(40, 105)]))).toBe(
      'AAPL in USD, 4 candles of 1 minute: from 100.00 at 21 Nov 2026, 09:30:00 to 105.00 at 21 Nov 2026, 10:10:00, ' +
        'highest 120.00 at 21 Nov 2026, 09:32:00, lowest 90.50 at 21 Nov 2026, 09:31:00, 1 gap.',
    );
  });

  it('says that there is nothing', () => {
    expect(barsSummary(described([]))).toBe('AAPL: no prices recorded yet');
  });
});

describe('barsTable', () => {
  it('lists the newest first', () => {
    const { headers, rows } = barsTable(described([bar(0, 101), bar(1, 99)]));
    expect(headers).toHaveLength(rows[0]?.length ?? 0);
    expect(rows.map(([time]) => time)).toEqual(['21 Nov 2026, 09:31:00', '21 Nov 2026, 09:30:00']);
  });
});

describe('barsCsv', () => {
  it('writes a line for each bar, with times in UTC and prices unrounded', () => {
    expect(barsCsv('AAPL', 'USD', [bar(0, 101.123456)])).toBe(
      'symbol,currency,time,open,high,low,close,ticks,source\r\n' +
        'AAPL,USD,2026-11-21T09:30:00.000Z,100,101.123456,100,101.123456,12,stocks\r\n',
    );
  });

  it('quotes a source that would break the line', () => {
    const odd = { ...bar(0, 1), source: 'a,"b"' };
    expect(barsCsv('X', 'USD', [odd])).toContain(',"a,""b"""\r\n');
  });
});
