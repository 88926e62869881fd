import { describe, expect, it } from 'vitest';
import { stepTo } from './step-focus.ts';

describe('stepping through a list by keys', () => {
  it('goes one line up or down and stays at the ends', () => {
    expect(stepTo('ArrowDown', 0, 3)).toBe(1);
    expect(stepTo('ArrowDown', 2, 3)).toBe(2);
    expect(stepTo('ArrowUp', 2, 3)).toBe(1);
    expect(stepTo('ArrowUp', 0, 3)).toBe(0);
  });

  it('jumps to the ends', () => {
    expect(stepTo('Home', 2, 3)).toBe(0);
    expect(stepTo('End', 0, 3)).toBe(2);
  });

  it('leaves other keys and empty lists alone', () => {
    expect(stepTo('a', 0, 3)).toBeNull();
    expect(stepTo('ArrowDown', 0, 0)).toBeNull();
  });
});
