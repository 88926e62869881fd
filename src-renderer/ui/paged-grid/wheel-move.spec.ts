import { describe, expect, it } from 'vitest';
import { wheelMove } from './wheel-move.ts';

const view = { top: 1000, furthest: 1500, rowHeight: 28, viewHeight: 400 };
const turn = { deltaX: 0, deltaY: 100, deltaMode: 0, ctrlKey: false, shiftKey: false };

describe('a turn of the wheel', () => {
  it('moves by its pixels, lines or views', () => {
    expect(wheelMove(turn, view)).toBe(100);
    expect(wheelMove({ ...turn, deltaY: -3, deltaMode: 1 }, view)).toBe(-84);
    expect(wheelMove({ ...turn, deltaY: 1, deltaMode: 2 }, view)).toBe(400);
  });

  it('moves no further than the end, and there leaves the wheel to the page', () => {
    expect(wheelMove({ ...turn, deltaY: 900 }, view)).toBe(500);
    expect(wheelMove(turn, { ...view, top: 1500 })).toBe(0);
  });

  it('is not ours when it zooms or goes sideways', () => {
    expect(wheelMove({ ...turn, ctrlKey: true }, view)).toBe(0);
    expect(wheelMove({ ...turn, shiftKey: true }, view)).toBe(0);
    expect(wheelMove({ ...turn, deltaX: 200 }, view)).toBe(0);
  });
});
