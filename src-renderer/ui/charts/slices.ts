/** A part of a whole; values are not negative. */
export interface Part {
  id: string;
  value: number;
}

/** A part as it is drawn; `rest` holds how many small parts were put together into it. */
export interface Slice {
  id: string;
  value: number;
  /** 0 to 1. */
  share: number;
  rest: number;
}

/** Id of the slice that holds what is too small to have its own. */
export const REST_ID = 'rest';

/** The largest `limit` parts in order, and one slice for all others. Parts of 0 are left out. */
export function largestSlices(parts: readonly Part[], limit: number): Slice[] {
  const ordered = parts.filter((part) => part.value > 0).sort((a, b) => b.value - a.value);
  const total = ordered.reduce((sum, part) => sum + part.value, 0);
  const sliceOf = (part: Part, rest: number): Slice => ({ ...part, share: part.value / total, rest });
  // A rest of one part would hide a name and save no room.
  const shown = ordered.length === limit + 1 ? ordered.length : limit;
  const slices = ordered.slice(0, shown).map((part) => sliceOf(part, 0));
  const small = ordered.slice(shown);
  if (small.length === 0) return slices;
  const value = small.reduce((sum, part) => sum + part.value, 0);
  return [...slices, sliceOf({ id: REST_ID, value }, small.length)];
}
