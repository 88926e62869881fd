import { describe, expect, it } from 'vitest';
import { NO_FAULTS } from '../../../../src-contract/polling.ts';
import { mockOutcome } from './mock-faults.ts';

describe('mockOutcome', () => {
  it('is prices while nothing is switched on', () => {
    expect([0, 0.5, 0.999].map((chance) => mockOutcome(NO_FAULTS, chance))).toEqual(Array(3).fill('prices'));
  });

  it('divides the calls by the rates', () => {
    const faults = {
      ...NO_FAULTS,
      error_rate: 0.125,
      limited_rate: 0.125,
      timeout_rate: 0.125,
      malformed_rate: 0.125,
    };
    expect([0, 0.12, 0.125, 0.25, 0.375, 0.49, 0.5].map((chance) => mockOutcome(faults, chance))).toEqual([
      'error',
      'error',
      'limited',
      'timeout',
      'malformed',
      'malformed',
      'prices',
    ]);
  });

  it('is an error with every call at a rate of 1, whatever else is switched on', () => {
    const faults = { ...NO_FAULTS, error_rate: 1, limited_rate: 1, timeout_rate: 1 };
    expect(mockOutcome(faults, 0.999_999)).toBe('error');
  });
});
