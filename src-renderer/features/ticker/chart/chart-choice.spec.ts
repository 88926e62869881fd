import { describe, expect, it } from 'vitest';
import { chartChoiceOf, chartQuery, USUAL_CHART, type ChartChoice } from './chart-choice.ts';

const read = (query: string) => chartChoiceOf(query, 'AAPL', USUAL_CHART);

describe('the choice of a chart in an address', () => {
  it('reads back what it wrote', () => {
    const choice: ChartChoice = {
      interval: '1h',
      kind: 'area',
      indicators: [
        { kind: 'sma', period: 50 },
        { kind: 'macd', fast: 12, slow: 26, signal: 9 },
      ],
      compared: ['MSFT', 'SAP@XETR'],
    };
    expect(read(chartQuery(choice))).toEqual(choice);
    expect(read(chartQuery(USUAL_CHART))).toEqual(USUAL_CHART);
  });

  it('is the usual one where the address says nothing', () => {
    expect(read('')).toEqual(USUAL_CHART);
  });

  it('leaves out what it does not understand', () => {
    expect(read('?interval=2w&as=<script>&with=sma-20,nonsense&beside=MSFT,%3Cscript%3E')).toEqual({
      ...USUAL_CHART,
      indicators: [{ kind: 'sma', period: 20 }],
      compared: ['MSFT'],
    });
  });

  it('compares with at most three others, each once, never with itself', () => {
    expect(read('?beside=aapl,msft,MSFT,TSLA,KO,PEP').compared).toEqual(['MSFT', 'TSLA', 'KO']);
  });

  it('keeps at most eight indicators', () => {
    const many = Array.from({ length: 20 }, (_, index) => `sma-${index + 2}`).join(',');
    expect(read(`?with=${many}`).indicators).toHaveLength(8);
  });
});
