import { describe, expect, it } from 'vitest';
import { chartIntent } from './chart-keys.ts';

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

describe('chartIntent', () => {
  it('steps with arrows, and pans with Shift', () => {
    expect(chartIntent({ ...plain, key: 'ArrowLeft' })).toEqual({ do: 'step', by: -1 });
    expect(chartIntent({ ...plain, key: 'ArrowLeft', shiftKey: true })).toEqual({ do: 'pan', part: -0.2 });
  });

  it('zooms in and out by the same factor', () => {
    const zoomIn = chartIntent({ ...plain, key: '+', shiftKey: true });
    const zoomOut = chartIntent({ ...plain, key: '-' });
    if (zoomIn?.do !== 'zoom' || zoomOut?.do !== 'zoom') throw new Error('expected zooms');
    expect(zoomIn.factor * zoomOut.factor).toBeCloseTo(1);
    expect(zoomIn.factor).toBeLessThan(1);
  });

  it('leaves the shortcuts of the app and the browser alone', () => {
    expect(chartIntent({ ...plain, key: '0', ctrlKey: true })).toBeNull();
    expect(chartIntent({ ...plain, key: 'k', metaKey: true })).toBeNull();
  });
});
