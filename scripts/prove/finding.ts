/** One thing that was measured: what, the figure with what was asked of it, and whether it holds. */
export interface Finding {
  readonly what: string;
  readonly figure: string;
  readonly holds: boolean;
}

/** What a point of proof is given: its size, where it says how far it is, and what interrupts it. */
export interface PointOptions<Scale> {
  readonly scale: Scale;
  readonly log: (words: string) => void;
  readonly signal: AbortSignal;
}

/** A point of proof; rejects when it could not run to its end. */
export type Point<Scale> = (options: PointOptions<Scale>) => Promise<Finding[]>;

/** A finding about a count that must be exact. */
export function counted(what: string, actual: number, expected: number): Finding {
  return { what, figure: `${actual} of ${expected}`, holds: actual === expected };
}

/** A finding about a measure with a limit, such as milliseconds. */
export function atMost(what: string, actual: number, limit: number, unit: string): Finding {
  const figure = `${round(actual)} ${unit} (at most ${round(limit)})`;
  return { what, figure, holds: actual <= limit };
}

/** A finding that nothing is wrong; of what is, the first three are shown. */
export function nothingWrong(what: string, looked: number, wrong: readonly string[]): Finding {
  if (wrong.length === 0) return { what, figure: `${looked} of ${looked}`, holds: true };
  const shown = wrong.slice(0, 3).join('; ');
  return { what, figure: `${wrong.length} wrong of ${looked}: ${shown}`, holds: false };
}

function round(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
