import { expect, it } from 'vitest';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { Publisher } from '../../router/publisher.ts';
import { CandleRevisions } from './candle-revisions.ts';
import { PriceTouches } from './price-touches.ts';
import { ShownCandles } from './shown-candles.ts';

it('lets prices pass that the journal brings while the engine still loads', async () => {
  const clock = new VirtualClock(0);
  const touches = new PriceTouches(
    () => publisher,
    () => null,
    new ShownCandles(),
    new CandleRevisions(),
  );
  let flushed = 0;
  const publisher = new Publisher({} as ConstructorParameters<typeof Publisher>[0], clock, () => {
    touches.flush();
    flushed++;
  });
  touches.changed('AAPL', 0);
  await clock.advance(1000);
  expect(flushed).toBeGreaterThan(0);
});
