/** A figure of an indicator to a hundredth, and small ones to four digits: more of an average means nothing. */
export function roundedFigure(figure: number): number {
  return Number(Math.abs(figure) >= 10 ? figure.toFixed(2) : figure.toPrecision(4));
}
