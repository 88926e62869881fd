/**
 * Which types are drawn on their own, in which order: a type keeps its place and so its colour for as long as it is among
 * the most frequent, and another takes the place of one that is not.
 * @param before what this returned for the figures before.
 * @param ranked all types, the most frequent first.
 */
export function keptTypes(before: readonly string[], ranked: readonly string[], limit: number): string[] {
  const wanted = ranked.slice(0, limit);
  const newcomers = wanted.filter((type) => !before.includes(type));
  const kept = before.slice(0, limit).flatMap((type) => {
    if (wanted.includes(type)) return type;
    return newcomers.shift() ?? [];
  });
  return [...kept, ...newcomers].slice(0, limit);
}
