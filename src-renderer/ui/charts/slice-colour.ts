const COLOURS = 8;

/** Colour of the slice at `index`; those after the eighth repeat, faded, and the rest is grey. */
export function sliceColour(index: number, isRest: boolean): { colour: string; opacity: number } {
  if (isRest) return { colour: 'var(--line-strong)', opacity: 1 };
  return { colour: `var(--series-${(index % COLOURS) + 1})`, opacity: index < COLOURS ? 1 : 0.5 };
}
