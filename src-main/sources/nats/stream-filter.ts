import type { StreamCandidate } from './stream-coverage.ts';

/**
 * The filter with which a stream is read for an environment: a consumer has one at most, and before version 2.10 the
 * server wants it within one of the stream's subjects. Null: the stream is read without a filter, because it holds nothing
 * else or because one filter is not enough, and what belongs to other environments is left out here.
 */
export function streamFilter(env: string, { subjects }: StreamCandidate): string | null {
  const [only, ...others] = subjects.flatMap((subject) => within(env, subject));
  if (only === undefined || others.length > 0) return null;
  return subjects.length === 1 && only === subjects[0] ? null : only;
}

/** The part of a subject that belongs to the environment; empty when there is none. */
function within(env: string, subject: string): string[] {
  const [first = '', ...rest] = subject.split('.');
  if (first === '>') return [`${env}.>`];
  if (rest.length === 0 || (first !== '*' && first !== env)) return [];
  return [[env, ...rest].join('.')];
}
