import { describe, expect, it } from 'vitest';
import { POINTS } from './points.ts';

describe('the proofs in short', () => {
  it.each([...POINTS])('%s: every finding holds', async (_name, { short }) => {
    const interrupted = new AbortController();
    const findings = await short({ log: () => undefined, signal: interrupted.signal });
    expect(findings).not.toHaveLength(0);
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  });
});
