import { computeIndicator } from './compute-indicator.ts';
import type { IndicatorAnswer, IndicatorRequest } from './indicator-messages.ts';

/** The worker's side: indicators are computed away from the thread that draws. */
addEventListener('message', ({ data }: MessageEvent<IndicatorRequest>) => {
  const lines = data.choices.map((choice) => computeIndicator(choice, data.closes));
  const answer: IndicatorAnswer = { id: data.id, lines };
  postMessage(answer, { transfer: lines.flat().map((line) => line.buffer) });
});
