import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_WINDOW, MIN_WINDOW, windowPlace, type Bounds } from './window-bounds.ts';

const laptop: Bounds = { x: 0, y: 0, width: 1920, height: 1040 };
const right: Bounds = { x: 1920, y: 0, width: 2560, height: 1400 };

describe('windowPlace', () => {
  it('lets the system place the first window of all', () => {
    expect(windowPlace(null, [laptop], 0)).toEqual(DEFAULT_WINDOW);
  });

  it('puts a window back where it was, on any display', () => {
    const was = { x: 2400, y: 100, width: 1200, height: 800 };
    expect(windowPlace(was, [laptop, right], 0)).toEqual(was);
  });

  it('lets the system place a window whose display is gone, in its size', () => {
    const was = { x: 2400, y: 100, width: 1200, height: 800 };
    expect(windowPlace(was, [laptop], 0)).toEqual({ width: 1200, height: 800 });
  });

  it('moves a further window by a step', () => {
    const was = { x: 100, y: 100, width: 800, height: 600 };
    expect(windowPlace(was, [laptop], 2)).toEqual({ ...was, x: 156, y: 156 });
  });

  it('makes a window no larger than its display', () => {
    const was = { x: 0, y: 0, width: 5000, height: 3000 };
    expect(windowPlace(was, [laptop], 0)).toEqual({ x: 0, y: 0, width: 1920, height: 1040 });
    expect(windowPlace(null, [{ ...laptop, width: 1280, height: 720 }], 0)).toEqual({
      width: 1280,
      height: 720,
    });
  });

  it('always leaves a window that can be gripped and read', () => {
    const coordinate = fc.integer({ min: -10_000, max: 10_000 });
    const extent = fc.integer({ min: 0, max: 10_000 });
    const bounds = fc.record({ x: coordinate, y: coordinate, width: extent, height: extent });
    fc.assert(
      fc.property(bounds, fc.array(bounds), fc.nat(16), (was, displays, open) => {
        const place = windowPlace(was, displays, open);
        expect(place.width).toBeGreaterThanOrEqual(MIN_WINDOW.width);
        expect(place.height).toBeGreaterThanOrEqual(MIN_WINDOW.height);
        if (place.x === undefined || place.y === undefined) return;
        const { x, y } = place;
        const inside = (area: Bounds) =>
          y >= area.y &&
          y + 32 <= area.y + area.height &&
          x < area.x + area.width &&
          x + place.width > area.x;
        expect(displays.some(inside)).toBe(true);
      }),
    );
  });
});
