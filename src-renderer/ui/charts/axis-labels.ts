/** Which of `count` columns are named on the axis: at most about `about`, evenly spaced, the last one among them. */
export function labelledColumns(count: number, about: number): number[] {
  const step = Math.max(1, Math.ceil(count / about));
  const first = (count - 1) % step;
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => first + index * step).filter(
    (index) => index < count,
  );
}
