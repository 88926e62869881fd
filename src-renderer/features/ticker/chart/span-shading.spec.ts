import type { SeriesAttachedParameter, UTCTimestamp } from 'lightweight-charts';
import { describe, expect, it } from 'vitest';
import { SpanShading, type NewestBar } from './span-shading.ts';

const at = (seconds: number) => seconds as UTCTimestamp;

/** What is shaded of spans over bars of a minute at 0, 60 and 120 s, each 10 px wide, on a canvas of 100 × 50 px. */
function shaded(spans: readonly [from: number, to: number][], newest: NewestBar | null): number[][] {
  const shading = new SpanShading(() => newest);
  const timeScale = {
    timeToIndex: (time: number) => Math.min(2, Math.round(time / 60)),
    // As the library does: what is no whole bar has no place.
    logicalToCoordinate: (place: number) => (Number.isInteger(place) ? place * 10 : 0),
  };
  const surroundings: unknown = { chart: { timeScale: () => timeScale }, requestUpdate: () => undefined };
  shading.attached(surroundings as SeriesAttachedParameter);
  shading.show(
    spans.map(([from, to]) => ({ from: at(from), to: at(to) })),
    'red',
  );
  const filled: number[][] = [];
  const context = { fillStyle: '', fillRect: (...place: number[]) => filled.push(place) };
  const target: unknown = {
    useBitmapCoordinateSpace: (draw: (space: object) => void) =>
      draw({ context, bitmapSize: { width: 100, height: 50 }, horizontalPixelRatio: 1 }),
  };
  const [view] = shading.paneViews();
  view?.renderer().draw(target as Parameters<ReturnType<typeof view.renderer>['draw']>[0]);
  return filled;
}

describe('the shading of spans', () => {
  it('reaches from bar to bar, and is a hairline between two', () => {
    expect(
      shaded(
        [
          [0, 60],
          [60, 61],
        ],
        { time: at(120), step: 60 },
      ),
    ).toEqual([
      [0, 0, 10, 50],
      [10, 0, 1, 50],
    ]);
  });

  it('goes on after the newest bar, at the pace of the bars that do not come', () => {
    expect(shaded([[60, 300]], { time: at(120), step: 60 })).toEqual([[10, 0, 40, 50]]);
    expect(shaded([[150, 180]], { time: at(120), step: 60 })).toEqual([[25, 0, 5, 50]]);
  });

  it('needs no bars', () => {
    expect(shaded([[0, 60]], null)).toEqual([[0, 0, 10, 50]]);
  });
});
