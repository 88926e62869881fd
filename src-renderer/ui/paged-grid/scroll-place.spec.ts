import { describe, expect, it } from 'vitest';
import { MAX_HEIGHT, MOST_ROWS, ScrollPlace } from './scroll-place.svelte.ts';

const ROW = 28;
const VIEW = 700;

function placeOf(rows: number): ScrollPlace {
  const place = new ScrollPlace(() => rows);
  place.measure(ROW, VIEW);
  return place;
}

describe('ScrollPlace', () => {
  it('stands where the scroller stands while the list fits into an element', () => {
    const place = placeOf(100_000);
    place.follow(123_456, false);
    expect(place.top).toBe(123_456);
    expect(place.height).toBe(2_800_000);
    expect(place.offsetOf(10)).toBe(280);
  });

  it('makes no element higher than browsers can', () => {
    expect(placeOf(5_000_000).height).toBe(MAX_HEIGHT);
  });

  it('takes no view for higher than 250 rows, whatever its page lets it be', () => {
    const place = new ScrollPlace(() => 100_000);
    place.measure(ROW, 100_000 * ROW);
    expect(place.viewHeight).toBe(MOST_ROWS * ROW);
  });

  it('reaches the middle and the last of five million rows in proportion', () => {
    const place = placeOf(5_000_000);
    place.follow((MAX_HEIGHT - VIEW) / 2, false);
    expect(place.top / ROW).toBeCloseTo(2_500_000 - VIEW / ROW / 2, 3);
    place.follow(MAX_HEIGHT - VIEW, false);
    expect(place.top).toBe(5_000_000 * ROW - VIEW);
  });

  it('moves by near moves exactly, though the element is smaller than the list', () => {
    const place = placeOf(5_000_000);
    place.follow(4_000_000, false);
    const { top } = place;
    place.follow(4_000_100, false);
    place.follow(4_000_030, false);
    expect(place.top).toBe(top + 30);
  });

  it('draws rows where they are seen: the row at the top lies at the top of the view', () => {
    const place = placeOf(5_000_000);
    place.moveTo(3_333_333 * ROW);
    const elementTop = place.offsetOf(3_333_333);
    place.follow(elementTop + 5, false);
    expect(place.offsetOf(3_333_333)).toBeCloseTo(elementTop, 6);
    expect(elementTop).toBeLessThan(MAX_HEIGHT);
  });

  it('comes to the very end when the thumb is dragged there by a last small move', () => {
    const place = placeOf(5_000_000);
    place.follow(MAX_HEIGHT - VIEW - 200, false);
    place.follow(MAX_HEIGHT - VIEW, false);
    expect(place.top).toBe(place.furthest);
  });

  it('does not leap to the end when a finger brings the element there', () => {
    const place = placeOf(5_000_000);
    place.follow(300, true);
    const { top } = place;
    place.follow(0, true);
    expect(place.top).toBe(Math.max(0, top - 300));
  });

  it('goes nowhere beyond its ends', () => {
    const place = placeOf(5_000_000);
    place.moveTo(-50);
    expect(place.top).toBe(0);
    place.moveTo(1e12);
    expect(place.top).toBe(place.furthest);
  });

  it('lets the scroller stay for near moves, but not at its ends, and never far out of proportion', () => {
    const place = placeOf(5_000_000);
    expect(place.moveTo(280)).not.toBeNull();
    expect(place.moveTo(70_000_000)).toBeCloseTo(4_000_000, -3);
    expect(place.moveTo(70_000_280)).toBeNull();
    expect(place.moveTo(70_040_000)).not.toBeNull();
    expect(place.moveTo(place.furthest)).toBe(MAX_HEIGHT - VIEW);
  });

  it('does not take for a move of the user what the scroller says when it was told where to stand', () => {
    const place = placeOf(5_000_000);
    const told = place.moveTo(70_000_000) ?? 0;
    place.follow(told - 0.5, false);
    expect(place.top).toBe(70_000_000);
    place.follow(told + 9.5, false);
    expect(place.top).toBe(70_000_010);
  });

  it('knows which way it went', () => {
    const place = placeOf(1000);
    place.follow(500, false);
    expect(place.ahead).toBe(1);
    place.follow(400, false);
    expect(place.ahead).toBe(-1);
  });

  it('keeps its first row when rows become higher', () => {
    const place = placeOf(1000);
    place.follow(100 * ROW, false);
    expect(place.measure(36, VIEW)).toBe(true);
    expect(place.top).toBeCloseTo(100 * 36, 6);
    expect(place.measure(36, VIEW)).toBe(false);
  });
});
