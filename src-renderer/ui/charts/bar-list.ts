/** A bar with its words; `value` decides its length. */
export interface Bar {
  id: string;
  value: number;
}

/** Length of a bar in percent of the longest; negative values count by their size. */
export function barLength(value: number, bars: readonly Bar[]): number {
  const longest = Math.max(0, ...bars.map((bar) => Math.abs(bar.value)));
  return longest === 0 ? 0 : (Math.abs(value) / longest) * 100;
}
