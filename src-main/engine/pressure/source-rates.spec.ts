import { expect, it } from 'vitest';
import { SourceRates } from './source-rates.ts';

it('the rate of a source is that of its last five seconds, from when it was first seen on', () => {
  const rates = new SourceRates();
  rates.tick(0, [{ source: 'http', received: 5000 }]);
  expect(rates.perSecond('http')).toBe(0);
  for (let second = 1; second <= 5; second++) {
    rates.tick(second * 1000, [
      { source: 'http', received: 5000 + second * 100 },
      { source: 'nats', received: 7 },
    ]);
  }
  expect([rates.perSecond('http'), rates.perSecond('nats'), rates.perSecond('none')]).toEqual([100, 0, 0]);
  for (let second = 6; second <= 12; second++)
    rates.tick(second * 1000, [{ source: 'http', received: 5500 }]);
  expect(rates.perSecond('http')).toBe(0);
});
