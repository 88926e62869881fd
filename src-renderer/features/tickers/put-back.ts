/**
 * Where a symbol belongs that was taken out of a list and comes back: behind the nearest one that stood before it and is
 * still there.
 * @param present the list now, with the symbol or without it.
 * @param before the list as it was.
 */
export function putBack(present: readonly string[], symbol: string, before: readonly string[]): string[] {
  const others = present.filter((other) => other !== symbol);
  const neighbour = before
    .slice(0, Math.max(0, before.indexOf(symbol)))
    .findLast((other) => others.includes(other));
  const place = neighbour === undefined ? 0 : others.indexOf(neighbour) + 1;
  return others.toSpliced(place, 0, symbol);
}
