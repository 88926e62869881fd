import { describe, expect, it } from 'vitest';
import { testCounts } from './test-counts.ts';

describe('testCounts', () => {
  it('reads what Vitest reports', () => {
    const report = {
      numTotalTests: 9,
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
    };
    expect(testCounts(JSON.stringify(report))).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it('reads what Playwright reports, a flaky test as passed', () => {
    const report = { stats: { expected: 7, unexpected: 2, flaky: 1, skipped: 3 } };
    expect(testCounts(JSON.stringify(report))).toEqual({ passed: 8, failed: 2, skipped: 3 });
  });

  it('refuses a report of another kind rather than count nothing', () => {
    expect(() => testCounts('{"tests":12}')).toThrow('neither a Vitest nor a Playwright report');
  });
});
