import { describe, expect, it } from 'vitest';
import { POINTS } from './points.ts';

/** They measure how soon something happens: nothing runs beside them. */
const MEASURING = ['windows', 'engine'];

describe.each([
  ['that measure time, one by one', [...POINTS].filter(([name]) => MEASURING.includes(name)), false],
  ['side by side', [...POINTS].filter(([name]) => !MEASURING.includes(name)), true],
])('the proofs in short %s', (_how, points, concurrent) => {
  it.each(points)('%s: every finding holds', { concurrent }, async (_name, { short }) => {
    const interrupted = new AbortController();
    const findings = await short({ log: () => undefined, signal: interrupted.signal });
    expect(findings).not.toHaveLength(0);
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  });
});
