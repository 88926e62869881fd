/** A list with one item at another place; places beyond the ends are the ends. The same list when nothing moves. */
export function moved<T>(items: readonly T[], item: T, to: number): readonly T[] {
  const from = items.indexOf(item);
  const place = Math.max(0, Math.min(items.length - 1, to));
  if (from < 0 || from === place) return items;
  const others = items.filter((_, index) => index !== from);
  return [...others.slice(0, place), item, ...others.slice(place)];
}
