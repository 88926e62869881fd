import { describe, expect, it } from 'vitest';
import { commandTarget } from './command-target.ts';

describe('what a command was about', () => {
  it.each([
    [{ name: 'prod' }, 'prod'],
    [{ drill: 'crash_portfolio', slug: 'anna' }, 'crash_portfolio portfolio:anna'],
    [{ symbol: ' aapl' }, 'symbol AAPL'],
    [{ symbol: 'SAP@XETR', list: 'main' }, 'symbol SAP@XETR, list main'],
    [{ symbol: ' <script> ' }, 'symbol <script>'],
    [{ error_rate: 0.5, latency_ms: 100 }, 'error_rate 0.5, latency_ms 100'],
    [{ id: 'main', symbols: ['AAPL'] }, 'main'],
    [{ number: 'A-1', invoice: { company: 'Acme' } }, 'number A-1'],
    [{ rate_per_s: 500 }, 'rate_per_s 500'],
    [{ ids: ['main', 'autos'] }, 'ids'],
    [{}, ''],
  ])('is told of %j', (args, words) => expect(commandTarget(args)).toBe(words));

  it('names numbered things as ranges, as many as there is room for', () => {
    expect(commandTarget({ ids: [9, 3, 5, 4], patch: { password: 'x' } })).toBe('ids 3 to 5, 9');
    expect(commandTarget({ ids: Array.from({ length: 1000 }, (_, index) => index * 2) }).length).toBe(405);
    expect(commandTarget({ ids: ['a', 'b'] })).toBe('ids');
  });

  it('is bounded, however long what somebody typed', () => {
    expect(commandTarget({ symbol: 'A'.repeat(256) })).toBe(`symbol ${'A'.repeat(40)}…`);
  });

  it('never holds what may be a secret', () => {
    expect(commandTarget({ nats: { secret: 'hunter2' }, key: 'hunter2' })).toBe('nats, key');
  });
});
