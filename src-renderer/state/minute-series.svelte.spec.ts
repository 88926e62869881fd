import { describe, expect, it } from 'vitest';
import { MinuteSeries } from './minute-series.svelte.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const item = (minute: string, value: string) => ({
  at: `2026-11-21T${minute}:00.000Z`,
  value: usd(value),
  cost: usd('90.00'),
});
const at = (time: string) => Date.parse(`2026-11-21T${time}.000Z`);
const observed = (time: string, value: string) => ({ at: at(time), value: usd(value), cost: usd('90.00') });

async function loaded(): Promise<MinuteSeries> {
  const series = new MinuteSeries();
  await series.load('demo', async () => ({ items: [item('12:00', '100.00'), item('12:01', '101.00')] }));
  return series;
}

const read = (series: MinuteSeries) =>
  series.value.map((point) => [new Date(point.at).toISOString().slice(11, 19), point.value]);

describe('MinuteSeries', () => {
  it('is the history in minor units', async () => {
    const series = await loaded();
    expect(read(series)).toEqual([
      ['12:00:00', 10_000],
      ['12:01:00', 10_100],
    ]);
    expect(series.cost.map((point) => point.value)).toEqual([9000, 9000]);
  });

  it('replaces the open minute and begins the next one', async () => {
    const series = await loaded();
    const first = series.value[0];
    series.observe(observed('12:01:40', '102.00'));
    series.observe(observed('12:02:01', '103.00'));
    expect(read(series).slice(1)).toEqual([
      ['12:01:00', 10_200],
      ['12:02:00', 10_300],
    ]);
    expect(series.value[0]).toBe(first);
  });

  it('keeps what was observed while the history was on its way', async () => {
    const series = new MinuteSeries();
    const loading = series.load('demo', async () => ({ items: [item('12:00', '100.00')] }));
    series.observe(observed('12:01:10', '101.00'));
    await loading;
    expect(read(series)).toHaveLength(2);
  });

  it('forgets another scope at once and ignores its late answer', async () => {
    const series = await loaded();
    let answer: (value: { items: ReturnType<typeof item>[] }) => void = () => undefined;
    const late = series.load('prod', () => new Promise((resolve) => (answer = resolve)));
    expect(series.value).toEqual([]);
    const newer = series.load('beta', async () => ({ items: [item('13:00', '5.00')] }));
    answer({ items: [item('09:00', '1.00')] });
    await Promise.all([late, newer]);
    expect(read(series)).toEqual([['13:00:00', 500]]);
  });

  it('says why the history did not come', async () => {
    const series = new MinuteSeries();
    await series.load('demo', async () => {
      throw new Error('the reader is restarting');
    });
    expect([series.state, series.failure]).toEqual(['failed', 'the reader is restarting']);
  });
});
