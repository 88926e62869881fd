import { describe, expect, it } from 'vitest';
import { RestartIntensity } from './restart-intensity.ts';

describe('RestartIntensity', () => {
  it('allows as many restarts as its limit, and the next when the oldest has left the window', () => {
    const intensity = new RestartIntensity({ restarts: 2, withinMs: 100 });
    for (const time of [0, 10]) {
      expect(intensity.allows(time)).toBe(true);
      intensity.record(time);
    }
    expect(intensity.allows(99)).toBe(false);
    expect(intensity.allows(100)).toBe(true);
    intensity.record(100);
    expect(intensity.allows(109)).toBe(false);
    expect(intensity.allows(110)).toBe(true);
  });

  it('allows all of them again after a reset', () => {
    const intensity = new RestartIntensity({ restarts: 1, withinMs: 100 });
    intensity.record(0);
    expect(intensity.allows(1)).toBe(false);
    intensity.reset();
    expect(intensity.allows(1)).toBe(true);
  });

  it('allows nothing when its limit is none', () => {
    const intensity = new RestartIntensity({ restarts: 0, withinMs: 100 });
    expect(intensity.allows(0)).toBe(false);
    intensity.record(0);
    expect(intensity.allows(1_000)).toBe(false);
  });
});
