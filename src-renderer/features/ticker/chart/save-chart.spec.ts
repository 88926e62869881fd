import { describe, expect, it } from 'vitest';
import { fileName } from './save-chart.ts';

describe('fileName', () => {
  it('names symbol, interval and moment', () => {
    expect(fileName('AAPL', '1h', Date.UTC(2026, 10, 21, 9, 30), 'png')).toBe(
      'AAPL-1h-2026-11-21T093000Z.png',
    );
  });

  it('has nothing in it that a file system refuses', () => {
    expect(fileName('^GSPC@XNYS', '1d', 0, 'csv')).toBe('_GSPC_XNYS-1d-1970-01-01T000000Z.csv');
  });
});
