import { describe, expect, it } from 'vitest';
import { coverage, isWhollyOf, type StreamCandidate } from './stream-coverage.ts';

function stream(name: string, subjects: string[], workQueue = false): StreamCandidate {
  return { name, subjects, workQueue, createdAt: 0 };
}

describe('coverage', () => {
  it('reads one stream over everything and leaves nothing to a plain subscription', () => {
    const all = stream('PULSE_DEV', ['dev.>']);
    expect(coverage('dev', [all])).toEqual({ streams: [all], uncovered: [], workQueues: [] });
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
    const found = coverage('dev', [stream('W', ['dev.>'], true)]);
    expect(found).toMatchObject({ streams: [], workQueues: ['W'] });
    expect(found.uncovered).toHaveLength(7);
  });

  it('knows a stream of one environment from one that holds others too', () => {
    expect(isWhollyOf('dev', stream('A', ['dev.a.*', 'dev.b']))).toBe(true);
    expect(isWhollyOf('dev', stream('A', ['dev.a.*', 'prod.a.*']))).toBe(false);
    expect(isWhollyOf('dev', stream('A', ['*.stock.>']))).toBe(false);
  });
});
