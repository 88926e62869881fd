import { BollingerBands, EMA, MACD, RSI, SMA } from 'trading-signals';
import type { IndicatorChoice } from './indicator-choice.ts';

/** Something that takes a closing price at a time and answers a figure per line once it has seen enough. */
type Step = (close: number) => readonly number[] | null;

/**
 * Computes an indicator over closing prices, oldest first.
 * @returns a column for each of the indicator's lines, as long as `closes`; NaN where there is no value yet.
 */
export function computeIndicator(choice: IndicatorChoice, closes: Float64Array): Float64Array[] {
  const step = stepOf(choice);
  const lines = Array.from({ length: lineCount(choice) }, () => new Float64Array(closes.length).fill(NaN));
  closes.forEach((close, index) => {
    step(close)?.forEach((value, line) => {
      const column = lines[line];
      if (column !== undefined) column[index] = value;
    });
  });
  return lines;
}

function lineCount({ kind }: IndicatorChoice): number {
  return kind === 'bollinger' || kind === 'macd' ? 3 : 1;
}

function stepOf(choice: IndicatorChoice): Step {
  switch (choice.kind) {
    case 'sma':
      return single(new SMA(choice.period));
    case 'ema':
      return single(new EMA(choice.period));
    case 'rsi':
      return single(new RSI(choice.period));
    case 'bollinger': {
      const bands = new BollingerBands(choice.period, choice.deviations);
      return (close) => {
        const result = bands.add(close);
        return result === null ? null : [result.upper, result.middle, result.lower];
      };
    }
    case 'macd': {
      const macd = new MACD(new EMA(choice.fast), new EMA(choice.slow), new EMA(choice.signal));
      return (close) => {
        const result = macd.add(close);
        return result === null ? null : [result.macd, result.signal, result.histogram];
      };
    }
  }
}

function single(indicator: { add(close: number): number | null; readonly isStable: boolean }): Step {
  return (close) => {
    const value = indicator.add(close);
    // The average begins with its first price and is called one only when its period is full.
    return value === null || !indicator.isStable ? null : [value];
  };
}
