/** What a turn of the wheel is measured against. */
interface WheelView {
  top: number;
  furthest: number;
  rowHeight: number;
  viewHeight: number;
}

/**
 * How far a turn of the wheel moves a list that scrolls by itself, in pixels: exactly as far as it would move any other.
 * 0 when it is left to the browser: sideways, zooming, and at the ends, where the page around may scroll.
 */
export function wheelMove(
  event: Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'shiftKey'>,
  view: WheelView,
): number {
  const { deltaX, deltaY, deltaMode } = event;
  if (event.ctrlKey || event.shiftKey || Math.abs(deltaX) > Math.abs(deltaY)) return 0;
  const unit = [1, view.rowHeight, view.viewHeight][deltaMode] ?? 1;
  const next = Math.min(view.furthest, Math.max(0, view.top + deltaY * unit));
  return next - view.top;
}
