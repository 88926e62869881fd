/** How many tests a runner ran. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

type Report = Readonly<Record<string, unknown>>;

const isReport = (value: unknown): value is Report => typeof value === 'object' && value !== null;

const sumOf = (report: Report, keys: readonly string[]): number =>
  keys.reduce((sum, key) => {
    const value = report[key];
    return typeof value === 'number' ? sum + value : sum;
  }, 0);

/** The counts in the text of a JSON report by Vitest or Playwright; throws an Error for anything else. */
export function testCounts(text: string): TestCounts {
  const report: unknown = JSON.parse(text);
  if (isReport(report) && isReport(report['stats'])) {
    const stats = report['stats'];
    return {
      passed: sumOf(stats, ['expected', 'flaky']),
      failed: sumOf(stats, ['unexpected']),
      skipped: sumOf(stats, ['skipped']),
    };
  }
  if (isReport(report) && 'numTotalTests' in report) {
    return {
      passed: sumOf(report, ['numPassedTests']),
      failed: sumOf(report, ['numFailedTests']),
      skipped: sumOf(report, ['numPendingTests', 'numTodoTests']),
    };
  }
  throw new Error('This is neither a Vitest nor a Playwright report.');
}
