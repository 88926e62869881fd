import { describe, expect, it } from 'vitest';
import {
  INDICATOR_LINES,
  indicatorOf,
  indicatorText,
  indicatorTitle,
  USUAL_CHOICES,
} from './indicator-choice.ts';

describe('the choice of an indicator in an address', () => {
  it.each(Object.values(USUAL_CHOICES))('reads back what it wrote: $kind', (choice) => {
    expect(indicatorOf(indicatorText(choice))).toEqual(choice);
  });

  it.each([
    ['nothing', ''],
    ['another word', 'vwap-20'],
    ['a word every object knows', 'constructor-20'],
    ['too few figures', 'macd-12-26'],
    ['too many figures', 'sma-20-3'],
    ['a period of one', 'sma-1'],
    ['a broken period', 'ema-2.5'],
    ['a period beyond the limit', 'ema-501'],
    ['a fast average that is the slower one', 'macd-26-12-9'],
    ['no width', 'bollinger-20-0'],
    ['a script', 'sma-<script>'],
  ])('refuses %s', (_what, text) => {
    expect(indicatorOf(text)).toBeNull();
  });

  it('is titled by its name and figures', () => {
    expect(indicatorTitle(USUAL_CHOICES.macd)).toBe('MACD 12 26 9');
    expect(indicatorTitle(USUAL_CHOICES.bollinger)).toBe('Bollinger 20 2');
  });

  it('names a line for each column', () => {
    expect(Object.values(INDICATOR_LINES).map((lines) => lines.length)).toEqual([1, 1, 3, 1, 3]);
  });
});
