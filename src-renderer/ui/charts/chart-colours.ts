import { ColorType, CrosshairMode, LineStyle } from 'lightweight-charts';
import { cssColour } from './css-colour.ts';

/** The part of a chart's options that the theme decides. */
export function chartColours() {
  const grid = { color: cssColour('--line', 0.7) };
  const hair = {
    color: cssColour('--text-faint'),
    labelBackgroundColor: cssColour('--surface-3'),
    style: LineStyle.Dashed,
  };
  return {
    layout: {
      background: { type: ColorType.Solid, color: 'transparent' },
      textColor: cssColour('--text-muted'),
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 11,
      attributionLogo: true,
      panes: { separatorColor: cssColour('--line-strong'), separatorHoverColor: cssColour('--surface-3') },
    },
    grid: { vertLines: { visible: false }, horzLines: grid },
    crosshair: { mode: CrosshairMode.Magnet, vertLine: hair, horzLine: hair },
  } as const;
}

/** The colours of a line whose token is given. */
export function lineColours(line: { token: string; look: 'area' | 'line' }) {
  const colour = cssColour(line.token);
  if (line.look === 'line') return { color: colour, lineStyle: LineStyle.Dashed };
  return {
    lineColor: colour,
    topColor: cssColour(line.token, 0.28),
    bottomColor: cssColour(line.token, 0.02),
  };
}
