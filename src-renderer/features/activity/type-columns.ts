import { OTHER_NAME } from '../../../src-contract/activity-store.ts';
import { sliceColour } from '../../ui/charts/slice-colour.ts';
import type { StackedColumn, StackedSeries } from '../../ui/charts/stacked-bars.ts';
import { formatTime } from '../../ui/time-format.ts';
import type { PeriodDay } from '../../state/days-of-period.ts';

/** Types drawn on their own: as many as there are colours to tell apart. */
export const MAX_TYPES = 8;

/** No type has an empty name: this one stands for all that are not drawn on their own. */
export const REST_ID = '';

/** The types that can be drawn on their own: not those which the engine counts together. */
export function ownTypes(types: readonly { type: string }[]): string[] {
  return types.map(({ type }) => type).filter((type) => type !== OTHER_NAME);
}

/** The parts of the bars: the types drawn on their own, and the rest if there is any. */
export function typeSeries(shown: readonly string[], hasRest: boolean): StackedSeries[] {
  const series = shown.map((type, index) => ({
    id: type,
    name: type,
    colour: sliceColour(index, false).colour,
  }));
  if (!hasRest) return series;
  return [...series, { id: REST_ID, name: 'Other types', colour: sliceColour(0, true).colour }];
}

/** A bar per day, its parts in the order of the series. */
export function typeColumns(days: readonly PeriodDay[], series: readonly StackedSeries[]): StackedColumn[] {
  return days.map(({ date, total, byType }) => {
    const own = series.map(({ id }) => byType.get(id) ?? 0);
    const rest = total - own.reduce((sum, count) => sum + count, 0);
    return {
      id: date,
      label: formatTime(date, 'day', 'UTC'),
      name: formatTime(date, 'date', 'UTC'),
      total,
      values: series.map(({ id }, index) => (id === REST_ID ? rest : (own[index] ?? 0))),
    };
  });
}
