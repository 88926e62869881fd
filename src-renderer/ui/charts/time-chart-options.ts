import type { TickMarkType } from 'lightweight-charts';
import type { ChartClock } from './chart-clock.ts';
import { chartColours } from './chart-colours.ts';

/** In what charts over time differ. */
export interface TimeChartLook {
  /** Writes a value of the axis. */
  format(value: number): string;
  /** Places that stay free after the newest one. */
  rightOffset: number;
  /** Whether the time axis writes seconds. */
  seconds: boolean;
  /** Parts of the height that stay free above and below the lines. */
  margins: { top: number; bottom: number };
  /** Whether dragging the price axis stretches it. */
  stretchesPrices: boolean;
}

/** The options of a chart over time: colours of the theme, times of `clock`, no borders. */
export function timeChartOptions(clock: ChartClock, look: TimeChartLook) {
  return {
    autoSize: true,
    ...chartColours(),
    localization: {
      timeFormatter: (time: number) => clock.label(time),
      priceFormatter: (value: number) => look.format(value),
    },
    timeScale: {
      borderVisible: false,
      timeVisible: true,
      secondsVisible: look.seconds,
      rightOffset: look.rightOffset,
      minBarSpacing: 0.05,
      tickMarkFormatter: (time: number, kind: TickMarkType) => clock.tick(time, kind),
    },
    rightPriceScale: { borderVisible: false, scaleMargins: look.margins },
    handleScale: { axisPressedMouseMove: { price: look.stretchesPrices, time: true } },
  };
}
