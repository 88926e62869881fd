/** Counts by which a command says what became of several things, in the order in which they are told. */
const COUNTS = ['stored', 'repeated', 'refused'] as const;

/** What a command answered, in words for the audit list: that it is done, and of several things how many of each. */
export function commandOutcome(value: unknown): string {
  if (typeof value !== 'object' || value === null) return 'done';
  const answer = value as Record<string, unknown>;
  const counts = COUNTS.flatMap((name) => {
    const count = answer[name];
    return typeof count === 'number' && count > 0 ? [`${count} ${name}`] : [];
  });
  const done = answer['dry_run'] === true ? 'tried only' : 'done';
  return counts.length === 0 ? done : `${done}: ${counts.join(', ')}`;
}
