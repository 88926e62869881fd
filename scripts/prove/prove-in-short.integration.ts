import { describe, expect, it } from 'vitest';
import { POINTS } from './points.ts';

/** They measure how soon something happens, or take all that the machine has: nothing runs beside them. */
const ALONE = ['windows', 'engine', 'stages', 'ledger'];

describe.each([
  [
    'that need the machine to themselves, one by one',
    [...POINTS].filter(([name]) => ALONE.includes(name)),
    false,
  ],
  ['side by side', [...POINTS].filter(([name]) => !ALONE.includes(name)), true],
])('the proofs in short %s', (_how, points, concurrent) => {
  it.each(points)('%s: every finding holds', { concurrent }, async (_name, { short }) => {
    const interrupted = new AbortController();
    const findings = await short({ log: () => undefined, signal: interrupted.signal });
    expect(findings).not.toHaveLength(0);
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  });
});
