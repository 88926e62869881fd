import type { MockFaults } from '../../../../src-contract/polling.ts';

/** What a call of the mock comes to. */
export type MockOutcome = 'prices' | 'error' | 'limited' | 'timeout' | 'malformed';

/**
 * Chooses what a call comes to. Where the rates add up to more than 1, errors come before 429, then time-outs, then
 * malformed bodies.
 * @param chance a number in [0, 1)
 */
export function mockOutcome(faults: MockFaults, chance: number): MockOutcome {
  const shares: [MockOutcome, number][] = [
    ['error', faults.error_rate],
    ['limited', faults.limited_rate],
    ['timeout', faults.timeout_rate],
    ['malformed', faults.malformed_rate],
  ];
  let sum = 0;
  for (const [outcome, share] of shares) {
    sum += share;
    if (chance < sum) return outcome;
  }
  return 'prices';
}
