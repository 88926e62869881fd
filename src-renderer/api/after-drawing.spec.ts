import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterDrawing } from './after-drawing.ts';

let frames: (() => void)[] = [];

beforeEach(() => {
  frames = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('afterDrawing', () => {
  it('acknowledges once the page has drawn, and only once', () => {
    const acknowledge = vi.fn();
    afterDrawing(acknowledge);
    expect(acknowledge).not.toHaveBeenCalled();
    frames[0]?.();
    vi.advanceTimersByTime(5000);
    expect(acknowledge).toHaveBeenCalledOnce();
  });

  it('lets a hidden page, which draws nothing, drain once a second', () => {
    const acknowledge = vi.fn();
    afterDrawing(acknowledge);
    vi.advanceTimersByTime(999);
    expect(acknowledge).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(acknowledge).toHaveBeenCalledOnce();
  });
});
