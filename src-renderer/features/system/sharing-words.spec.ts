import { describe, expect, it } from 'vitest';
import { sharingWords } from './sharing-words.ts';

describe('sharingWords', () => {
  it('names who polls, and for how many', () => {
    const three = { leader: 'A1', instances: 3, detail: '' };
    expect(sharingWords({ role: 'leader', ...three })).toBe('This instance polls for 3 instances');
    expect(sharingWords({ role: 'follower', ...three })).toBe('A1 polls for 3 instances');
  });

  it('says why sharing is off', () => {
    const off = { role: 'off', leader: null, instances: 1, detail: 'the bucket may not be made' } as const;
    expect(sharingWords(off)).toBe('Wanted, but off: the bucket may not be made');
  });
});
