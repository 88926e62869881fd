import type { ColumnBasis } from './column.ts';

/** The classes that lay out the cell of a column; the first column seen (index 0) stays while the rest scrolls sideways. */
export function cellLayout(column: Pick<ColumnBasis, 'align'>, index: number): string {
  const classes = ['flex min-w-0 items-center overflow-hidden px-2 whitespace-nowrap'];
  if (index === 0) classes.push('sticky left-0 z-10 bg-inherit');
  if (column.align === 'end') classes.push('justify-end');
  return classes.join(' ');
}
