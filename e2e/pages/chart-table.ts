import type { Locator } from '@playwright/test';

/** The cells of the table behind the chart of a panel, row by row, as it is when it is opened. The chart is shown again. */
export async function chartTable(scope: Locator): Promise<string[][]> {
  await scope.getByRole('button', { name: 'Show as table' }).click();
  const rows = scope.getByRole('table').locator('tbody tr');
  await rows.first().waitFor();
  const cells = await rows.evaluateAll((found) =>
    found.map((row) => [...row.children].map((cell) => cell.textContent.trim())),
  );
  await scope.getByRole('button', { name: 'Show as chart' }).click();
  return cells;
}

/** The number that a cell shows. */
export function figureOf(cell: string | undefined): number {
  return Number((cell ?? '').replaceAll(',', ''));
}
