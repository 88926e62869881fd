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

/** The newest bar: its time in the library's times, and the seconds until the next one. */
export interface NewestBar {
  time: UTCTimestamp;
  step: number;
}

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** Shades stretches of time behind a series, from top to bottom of its pane. */
export class SpanShading implements ISeriesPrimitive {
  readonly #newest: () => NewestBar | null;
  #scale: ITimeScaleApi<Time> | null = null;
  #redraw: () => void = () => undefined;
  #spans: readonly ShadedSpan[] = [];
  #colour = 'transparent';

  /** @param newest the newest bar of the series; null while it has none. */
  constructor(newest: () => NewestBar | null) {
    this.#newest = newest;
  }

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
    const newest = this.#newest();
    // While the breaker is open no bars come: what is after the newest one has no place of its own yet.
    const after = newest === null ? 0 : Math.max(0, time - newest.time);
    const index = this.#scale?.timeToIndex((time - after) as UTCTimestamp, true) ?? null;
    const start = this.#x(index);
    const next = this.#x(index === null ? null : index + 1);
    return start === null || next === null ? null : start + ((next - start) * after) / (newest?.step ?? 1);
  }

  /** The library knows the places of whole bars only. */
  #x(index: number | null): number | null {
    return index === null ? null : (this.#scale?.logicalToCoordinate(index as Logical) ?? null);
  }
}
