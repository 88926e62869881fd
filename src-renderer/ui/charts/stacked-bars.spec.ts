import { cleanup, render } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { columnAt } from './stacked-bars.ts';
import StackedBars from './StackedBars.svelte';

afterEach(() => cleanup());

describe('columnAt', () => {
  it('is the column under the pointer, at the edges the outermost', () => {
    expect([0, 0.24, 0.25, 0.99, 1, -0.1].map((place) => columnAt(place, 4))).toEqual([0, 0, 1, 3, 3, 0]);
    expect(columnAt(0.5, 0)).toBeNull();
  });
});

describe('the stacked bars', () => {
  it('are as high as their totals, with a part per series that has any', () => {
    const series = [
      { id: 'a', name: 'A', colour: 'var(--series-1)' },
      { id: 'b', name: 'B', colour: 'var(--series-2)' },
    ];
    const column = (id: string, values: number[]) => ({
      id,
      label: id,
      name: id,
      total: values.reduce((sum, value) => sum + value, 0),
      values,
    });
    const columns = [column('mon', [3, 1]), column('tue', []), column('wed', [0, 8])];
    const { container } = render(StackedBars, { label: 'Things', columns, series, at: null });
    const drawn = [...container.querySelectorAll<HTMLElement>('[data-column] > div')].map((bar) => [
      bar.style.height,
      ...[...bar.querySelectorAll('span')].map((part) => part.style.flexGrow),
    ]);
    expect(drawn).toEqual([['50%', '3', '1'], ['0%'], ['100%', '8']]);
  });
});
