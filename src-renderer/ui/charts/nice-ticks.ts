/** Round numbers from 0 to at least `largest`, about as many as asked for; whole ones, as they count things. */
export function niceTicks(largest: number, about = 4): number[] {
  const rough = Math.max(1, largest / about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  const step = factor * power;
  const steps = Math.max(1, Math.ceil(largest / step));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}
