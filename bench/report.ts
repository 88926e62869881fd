/** A figure that decides: a ratio within one run, with the least it must be and the goal. */
export interface Ratio {
  name: string;
  value: number;
  /** What is measured against what. */
  meaning: string;
  floor: number;
  goal: number;
  /** For most ratios more is better. */
  lessIsBetter?: boolean;
}

/** What one benchmark found. Absolute figures stand beside the ratios and decide nothing. */
export interface BenchResult {
  name: string;
  ratios: Ratio[];
  absolute: Record<string, number | string>;
}

/** Says how a ratio stands: at its goal, above its floor, or below. */
export function verdict({ value, floor, goal, lessIsBetter = false }: Ratio): 'goal' | 'floor' | 'below' {
  const reaches = (limit: number) => (lessIsBetter ? value <= limit : value >= limit);
  if (reaches(goal)) return 'goal';
  return reaches(floor) ? 'floor' : 'below';
}

/** A result as lines of text for people. */
export function resultText({ name, ratios, absolute }: BenchResult): string {
  const words = { goal: 'reaches the goal', floor: 'above the floor', below: 'BELOW THE FLOOR' };
  return [
    `== ${name}`,
    ...ratios.map(
      (ratio) =>
        `${ratio.name.padEnd(34)} ${ratio.value.toFixed(3).padStart(8)}  ${words[verdict(ratio)]} ` +
        `(floor ${ratio.floor}, goal ${ratio.goal}): ${ratio.meaning}`,
    ),
    ...Object.entries(absolute).map(([key, value]) => `   ${key.padEnd(40)} ${figure(value)}`),
  ].join('\n');
}

function figure(value: number | string): string {
  return typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 2 }) : value;
}
