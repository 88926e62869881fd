import type { IndicatorChoice } from './indicator-choice.ts';

/** What the page asks the worker for: these indicators over these closing prices, oldest first. */
export interface IndicatorRequest {
  id: number;
  closes: Float64Array;
  choices: readonly IndicatorChoice[];
}

/** What the worker answers: for each choice its lines, each as long as the prices. */
export interface IndicatorAnswer {
  id: number;
  lines: Float64Array[][];
}
