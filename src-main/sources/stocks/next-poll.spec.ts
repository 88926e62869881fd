import { describe, expect, it } from 'vitest';
import { nextPoll, type PollSituation } from './next-poll.ts';

/** Two seconds after a poll that began at 10,000. */
const usual: PollSituation = {
  now: 12_000,
  lastStart: 10_000,
  intervalMs: 5000,
  jitteredMs: 5400,
  hurry: false,
  isProbe: false,
  notBefore: 0,
  refusesForMs: 0,
  wanted: 6,
  mayPoll: true,
  hasRoom: true,
};

describe('nextPoll', () => {
  it.each<[string, Partial<PollSituation>, number]>([
    ['is at once before the first', { lastStart: null }, 0],
    ['is an interval after the beginning of the last', {}, 3400],
    ['is at once when that is past', { now: 99_000 }, 0],
    ['comes a second after the last in a hurry', { hurry: true, now: 10_300 }, 700],
    ['comes at once in a hurry when the last is longer ago', { hurry: true }, 0],
    ['waits for as long as the API asked, hurry or not', { hurry: true, notBefore: 20_000 }, 8000],
    ['waits for the breaker, hurry or not', { hurry: true, refusesForMs: 4000 }, 4000],
    ['leaves a probe nothing to chance', { isProbe: true }, 3000],
  ])('%s', (_, situation, inMs) => {
    expect(nextPoll({ ...usual, ...situation })).toEqual({ inMs });
  });

  it.each<[string, Partial<PollSituation>]>([
    ['nothing is watched', { wanted: 0 }],
    ['another instance polls', { mayPoll: false }],
    ['the store is behind', { hasRoom: false }],
    ['the breaker lets nothing pass', { refusesForMs: Infinity }],
  ])('is not planned while %s', (idle, situation) => {
    expect(nextPoll({ ...usual, ...situation })).toEqual({ idle });
  });
});
