/** A place on the desktop, in device-independent pixels. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a window opens; without x and y the system places it. */
export type WindowPlace = Omit<Bounds, 'x' | 'y'> & Partial<Pick<Bounds, 'x' | 'y'>>;

/** Windows are not made smaller than this: the narrowest width the screens are designed for. */
export const MIN_WINDOW = { width: 390, height: 480 } as const;
/** Size of the first window of a fresh data folder. */
export const DEFAULT_WINDOW = { width: 1440, height: 900 } as const;

/** This much of a window's top edge must be on a screen, or nobody could drag it. */
const GRIP = { width: 120, height: 32 } as const;
const CASCADE = 28;

/**
 * Where to open a window that was last at `remembered`, on the displays there are now (their work areas, the primary
 * one first): as it was if its top edge can be gripped, moved by a step for each window already open, never larger
 * than its display, never smaller than {@link MIN_WINDOW}; else in a size that fits, placed by the system.
 */
export function windowPlace(
  remembered: Bounds | null,
  displays: readonly Bounds[],
  alreadyOpen: number,
): WindowPlace {
  const size = remembered ?? DEFAULT_WINDOW;
  if (remembered !== null) {
    const step = CASCADE * alreadyOpen;
    const moved = { ...remembered, x: remembered.x + step, y: remembered.y + step };
    for (const display of displays) {
      const place = { ...moved, ...fitted(moved, display) };
      if (hasGrip(place, display)) return place;
    }
  }
  return fitted(size, displays[0] ?? { ...DEFAULT_WINDOW, x: 0, y: 0 });
}

function hasGrip(window: Bounds, area: Bounds): boolean {
  const left = Math.max(window.x, area.x);
  const right = Math.min(window.x + window.width, area.x + area.width);
  return right - left >= GRIP.width && window.y >= area.y && window.y + GRIP.height <= area.y + area.height;
}

function fitted(size: WindowPlace, area: Bounds): WindowPlace {
  return {
    width: Math.max(MIN_WINDOW.width, Math.min(size.width, area.width)),
    height: Math.max(MIN_WINDOW.height, Math.min(size.height, area.height)),
  };
}
