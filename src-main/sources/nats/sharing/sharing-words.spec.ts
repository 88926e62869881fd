import { describe, expect, it } from 'vitest';
import { sharingOf, type SharingFacts } from './sharing-words.ts';

const FACTS: SharingFacts = {
  instanceId: 'me',
  held: false,
  holder: null,
  readiness: 'ready',
  instances: 3,
  trouble: null,
  alone: false,
  lost: 0,
  lostReason: '',
};

describe('the words for sharing', () => {
  it('say who polls, by its instance id alone', () => {
    expect(sharingOf({ ...FACTS, holder: 'other start-7' })).toEqual({
      role: 'follower',
      leader: 'other',
      instances: 3,
      detail: 'instance other polls',
    });
    expect(sharingOf({ ...FACTS, holder: 'me start-7', held: true })).toMatchObject({
      role: 'leader',
      leader: 'me',
      detail: 'polls for 3 instances',
    });
  });

  it.each([
    ['ready', 'nobody polls yet'],
    ['probing', 'nobody polls: first come those whose circuit breaker is closed'],
    ['unable', 'nobody polls: this instance cannot'],
  ] as const)('say of one that is %s that nobody polls', (readiness, detail) => {
    expect(sharingOf({ ...FACTS, readiness })).toEqual({
      role: 'candidate',
      leader: null,
      instances: 3,
      detail,
    });
  });

  it('say what is wrong, what follows from it, and of a lease that is still held that it is', () => {
    const trouble = 'connection refused';
    expect(sharingOf({ ...FACTS, trouble })).toEqual({
      role: 'candidate',
      leader: null,
      instances: 1,
      detail: trouble,
    });
    expect(sharingOf({ ...FACTS, trouble, alone: true })).toMatchObject({
      role: 'off',
      detail: 'connection refused; this instance polls for itself',
    });
    expect(sharingOf({ ...FACTS, trouble, held: true })).toMatchObject({ role: 'leader', detail: trouble });
  });

  it('say how many prices were not published and why', () => {
    const { detail } = sharingOf({ ...FACTS, held: true, lost: 12, lostReason: 'NATS could not be reached' });
    expect(detail).toBe('polls for 3 instances; 12 prices were not published: NATS could not be reached');
  });
});
