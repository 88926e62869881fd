/** One way of doing the work that is measured: answers a figure, such as events per second. */
export interface Contender {
  name: string;
  run: () => Promise<number>;
}

/** What a set of contenders measured: the median of every round's figure, by name. */
export type Medians = Record<string, number>;

/**
 * Runs every contender once per round, in turn, so that whatever the machine does meanwhile hits all alike; the first
 * round warms up and is thrown away.
 */
export async function interleavedMedians(contenders: readonly Contender[], rounds: number): Promise<Medians> {
  const figures = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, run } of contenders) {
      const figure = await run();
      if (round > 0) figures.get(name)?.push(figure);
    }
  }
  return Object.fromEntries([...figures].map(([name, values]) => [name, median(values)]));
}

/** The middle value; the mean of the two middle ones for an even number. Throws a RangeError for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  if (upper === undefined) throw new RangeError('a median needs at least one value');
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
