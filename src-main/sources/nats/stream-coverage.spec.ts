import { describe, expect, it } from 'vitest';
import { coverage, type StreamCandidate } from './stream-coverage.ts';

function stream(name: string, subjects: string[], unreadable: string | null = null): StreamCandidate {
  return { name, subjects, unreadable, createdAt: 0 };
}

describe('coverage', () => {
  it('reads one stream over everything and leaves nothing to a plain subscription', () => {
    const all = stream('PULSE_DEV', ['dev.>']);
    expect(coverage('dev', [all])).toEqual({ streams: [all], uncovered: [], unread: [] });
  });

  it('reads every stream that takes in a family, and names the families none takes in', () => {
    const portfolios = stream('P', ['dev.portfolio.*']);
    const prices = stream('S', ['*.stock.price_updated', 'x.y']);
    const found = coverage('dev', [portfolios, prices, stream('O', ['dev.orders.>'])]);
    expect(found.streams).toEqual([portfolios, prices]);
    expect(found.uncovered).toEqual(['invoice.issued', 'activity.recorded', 'analytics.event']);
  });

  it('does not read another environment', () => {
    const found = coverage('dev', [stream('PROD', ['prod.>']), stream('DEV2', ['dev2.>'])]);
    expect(found.streams).toEqual([]);
    expect(found.uncovered).toHaveLength(7);
  });

  it('never reads a work queue, because reading takes its messages away', () => {
    const queue = stream('W', ['dev.>'], 'it drops what was read');
    const found = coverage('dev', [queue]);
    expect(found).toMatchObject({ streams: [], unread: [queue] });
    expect(found.uncovered).toHaveLength(7);
  });
});
