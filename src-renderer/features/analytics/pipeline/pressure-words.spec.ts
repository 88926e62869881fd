import { describe, expect, it } from 'vitest';
import { fakeStages } from '../../../state/fake-analytics.ts';
import { bottleneckWords, windowsWords } from './pressure-words.ts';

const since = '2026-11-21T10:00:00.000Z';
const clock = (at: string) => at.slice(11, 19);

describe('the words about the pipeline', () => {
  it('name the stage that holds it up by its title, since when and why', () => {
    const bottleneck = { stage: 'commit', since, why: 'its queue is full.' } as const;
    expect(bottleneckWords(bottleneck, fakeStages(), clock)).toBe(
      'Commit holds the pipeline up since 10:00:00: its queue is full.',
    );
    expect(bottleneckWords(bottleneck, [], clock)).toContain('commit holds');
  });

  it('say when nothing does', () => {
    expect(bottleneckWords(null, fakeStages(), clock)).toBe('Nothing holds the pipeline up.');
  });

  it('say how windows keep up', () => {
    expect(windowsWords({ open: 0, waiting: 0 })).toBe('none open');
    expect(windowsWords({ open: 2, waiting: 0 })).toBe('all have drawn their last frame');
    expect(windowsWords({ open: 2, waiting: 1 })).toBe('1 has not drawn the last frame');
    expect(windowsWords({ open: 3, waiting: 2 })).toBe('2 have not drawn the last frame');
  });
});
