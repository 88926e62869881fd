import { describe, expect, it } from 'vitest';
import { fakeBreaker } from '../../state/fake-ticker.ts';
import { breakerChip } from './breaker-chip.ts';
import type { SourceChipView } from './source-words.ts';

const now = Date.parse('2026-11-21T10:00:00.000Z');
const chip: SourceChipView = {
  id: 'stocks',
  title: 'Stock API',
  tone: 'ok',
  words: 'Stock API',
  countdown: '',
  detail: 'polled every 5 s',
};
const open = fakeBreaker({
  state: 'open',
  since: '2026-11-21T09:59:57.000Z',
  last_failure: 'HTTP 500',
  next_probe_at: '2026-11-21T10:00:02.000Z',
});

describe('breakerChip', () => {
  it('says of an open breaker since when, until when and why', () => {
    expect(breakerChip(chip, open, now, 'UTC')).toEqual({
      ...chip,
      tone: 'fail',
      words: 'Stock API: breaker open since 09:59:57',
      countdown: ', probe in 2 s',
      detail: 'The API is left alone: HTTP 500',
    });
  });

  it('says since when it opened first, not since the latest probe that failed', () => {
    const probed = { ...open, opened_at: '2026-11-21T09:12:30.000Z' };
    for (const state of ['open', 'half_open'] as const) {
      expect(breakerChip(chip, { ...probed, state }, now, 'UTC').words).toContain('since 09:12:30');
    }
    expect(breakerChip(chip, { ...probed, state: 'isolated' }, now, 'UTC').words).toContain('since 09:59:57');
  });

  it('counts down to nothing while a probe is on its way, or after a trip by hand', () => {
    for (const state of ['half_open', 'isolated'] as const) {
      expect(breakerChip(chip, { ...open, state }, now, 'UTC').countdown).toBe('');
    }
    expect(breakerChip(chip, { ...open, state: 'isolated' }, now, 'UTC').words).toContain('tripped by hand');
  });

  it('leaves the chip as it is while the breaker is closed, nothing is polled, or it is another source’s', () => {
    const off: SourceChipView = { ...chip, tone: 'off' };
    const nats: SourceChipView = { ...chip, id: 'nats' };
    expect(breakerChip(chip, fakeBreaker(), now, 'UTC')).toBe(chip);
    expect(breakerChip(chip, null, now, 'UTC')).toBe(chip);
    expect(breakerChip(off, open, now, 'UTC')).toBe(off);
    expect(breakerChip(nats, open, now, 'UTC')).toBe(nats);
  });
});
