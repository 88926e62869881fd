import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCounted,
  formatMoney,
  formatPercent,
  formatPrice,
  formatRate,
  formatShare,
  moneySign,
} from './number-format.ts';

describe('formatMoney', () => {
  it('writes amounts that a float cannot hold to the last cent', () => {
    expect(formatMoney({ amount: '90071992547409931.07', currency: 'USD' })).toBe(
      '$90,071,992,547,409,931.07',
    );
  });

  it('uses the decimals of the currency', () => {
    expect(formatMoney({ amount: '1234', currency: 'JPY' })).toBe('¥1,234');
    expect(formatMoney({ amount: '1.234', currency: 'KWD' })).toBe('KWD\u00a01.234');
  });

  it('signs gains and losses but not zero', () => {
    const signed = (amount: string): string => formatMoney({ amount, currency: 'USD' }, { signed: true });
    expect([signed('5.00'), signed('-5.00'), signed('0.00')]).toEqual(['+$5.00', '-$5.00', '$0.00']);
  });

  it('shortens on request', () => {
    expect(formatMoney({ amount: '12345678.90', currency: 'USD' }, { compact: true })).toBe('$12.35M');
  });
});

describe('moneySign', () => {
  it('reads the text', () => {
    expect(
      ['-0.01', '0.00', '-0.00', '0.10'].map((amount) => moneySign({ amount, currency: 'USD' })),
    ).toEqual([-1, 0, 0, 1]);
  });
});

describe('other numbers', () => {
  it('keep their shape', () => {
    expect(formatPercent(12.5)).toBe('+12.50%');
    expect(formatPercent(-0.004)).toBe('0.00%');
    expect(formatShare(0.125)).toBe('12.5%');
    expect(formatPrice(101)).toBe('101.00');
    expect(formatPrice(0.123456)).toBe('0.123456');
    expect([formatRate(0), formatRate(99.95), formatRate(25_000)]).toEqual(['0.0/s', '100.0/s', '25,000/s']);
    expect([formatBytes(0), formatBytes(999), formatBytes(1_500_000)]).toEqual(['0 B', '999 B', '1.5 MB']);
    expect([formatCounted(1, 'gap'), formatCounted(1200, 'gap')]).toEqual(['1 gap', '1,200 gaps']);
  });
});
