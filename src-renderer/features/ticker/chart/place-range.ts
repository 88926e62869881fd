/** A stretch of places of the time axis, in parts of places; it may reach beyond the first and the last one. */
export interface PlaceRange {
  from: number;
  to: number;
}

/** The same stretch, `by` places later. */
export function shifted(range: PlaceRange | null, by: number): PlaceRange | null {
  return range === null ? null : { from: range.from + by, to: range.to + by };
}

/** The stretch moved just far enough to have the whole of a place in it; null where it need not move. */
export function revealing(range: PlaceRange | null, place: number | null): PlaceRange | null {
  if (range === null || place === null) return null;
  if (place - 0.5 < range.from) return shifted(range, place - 0.5 - range.from);
  return place + 0.5 > range.to ? shifted(range, place + 0.5 - range.to) : null;
}
