import { describe, expect, it } from 'vitest';
import type { StepResult } from './step.ts';
import { summary } from './summary.ts';

const result = (name: string, outcome: StepResult['outcome'] = 'passed'): StepResult => ({
  step: { name, command: [name] },
  outcome,
  seconds: 1.25,
  output: '',
});

const lastLine = (text: string): string | undefined => text.split('\n').at(-1);

describe('summary', () => {
  it('closes with the sum of all tests on a line of its own', () => {
    const counts = new Map([
      ['unit', { passed: 10, failed: 0, skipped: 1 }],
      ['e2e', { passed: 5, failed: 0, skipped: 0 }],
    ]);
    const text = summary([result('lint'), result('unit'), result('e2e')], counts, 62);
    expect(lastLine(text)).toBe('15 passed, 0 failed, 1 skipped');
    expect(text).toContain('lint          passed        1.3 s');
    expect(text).toContain('together                   62.0 s');
  });

  it('counts failed tests once', () => {
    const counts = new Map([['unit', { passed: 10, failed: 2, skipped: 0 }]]);
    expect(lastLine(summary([result('unit', 'failed')], counts, 1))).toBe('10 passed, 2 failed, 0 skipped');
  });

  it('never says that nothing failed when a check without tests did, or a runner broke off', () => {
    const counts = new Map([['unit', { passed: 10, failed: 0, skipped: 0 }]]);
    const results = [result('lint', 'failed'), result('unit', 'failed'), result('e2e', 'not run')];
    expect(lastLine(summary(results, counts, 1))).toBe('10 passed, 3 failed, 0 skipped');
  });
});
