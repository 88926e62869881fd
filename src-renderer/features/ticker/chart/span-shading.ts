import type {
  IPrimitivePaneRenderer,
  ISeriesPrimitive,
  ITimeScaleApi,
  Logical,
  SeriesAttachedParameter,
  Time,
  UTCTimestamp,
} from 'lightweight-charts';

/** A stretch of time to shade, in the library's times. */
export interface ShadedSpan {
  from: UTCTimestamp;
  to: UTCTimestamp;
}

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** Shades stretches of time behind a series, from top to bottom of its pane. */
export class SpanShading implements ISeriesPrimitive {
  #scale: ITimeScaleApi<Time> | null = null;
  #redraw: () => void = () => undefined;
  #spans: readonly ShadedSpan[] = [];
  #colour = 'transparent';

  /** Shades these spans and no others. */
  show(spans: readonly ShadedSpan[], colour: string): void {
    this.#spans = spans;
    this.#colour = colour;
    this.#redraw();
  }

  attached({ chart, requestUpdate }: SeriesAttachedParameter): void {
    this.#scale = chart.timeScale();
    this.#redraw = requestUpdate;
  }

  detached(): void {
    this.#scale = null;
    this.#redraw = () => undefined;
  }

  paneViews() {
    return [
      {
        zOrder: () => 'bottom' as const,
        renderer: (): IPrimitivePaneRenderer => ({ draw: (target) => this.#draw(target) }),
      },
    ];
  }

  #draw(target: Target): void {
    target.useBitmapCoordinateSpace(({ context, bitmapSize, horizontalPixelRatio }) => {
      context.fillStyle = this.#colour;
      for (const { from, to } of this.#spans) {
        const start = this.#place(from);
        const end = this.#place(to);
        if (start === null || end === null) continue;
        // At least a hairline: a breaker that was open between two bars is seen, too.
        const width = Math.max(1, (end - start) * horizontalPixelRatio);
        context.fillRect(start * horizontalPixelRatio, 0, width, bitmapSize.height);
      }
    });
  }

  #place(time: UTCTimestamp): number | null {
    const index = this.#scale?.timeToIndex(time, true) ?? null;
    if (this.#scale === null || index === null) return null;
    return this.#scale.logicalToCoordinate(index as number as Logical);
  }
}
