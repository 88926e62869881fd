import { describe, expect, it } from 'vitest';
import { sharingWords } from './sharing-words.ts';

describe('sharingWords', () => {
  it('name the role and what the engine says of it', () => {
    expect(sharingWords({ role: 'leader', detail: 'polls for 3 instances' })).toBe(
      'Leader: polls for 3 instances',
    );
    expect(sharingWords({ role: 'off', detail: 'the bucket may not be made' })).toBe(
      'Wanted, but off: the bucket may not be made',
    );
    expect(sharingWords({ role: 'alone', detail: '' })).toBe('Not shared');
  });
});
