import type { ImportProblem, ImportReport } from '../../../src-contract/invoice.ts';
import type { InvoiceFigures } from '../../../src-contract/invoice-figures.ts';
import type { Conversion } from '../../projections/invoices/converted-sums.ts';
import { invoiceTotalsOf } from '../../projections/invoices/invoice-views.ts';
import { RowSums } from '../exports/row-sums.ts';

/** Problems that a report names; further ones are only counted. */
const MOST_PROBLEMS = 100;

/** Counts what becomes of the rows of an import. */
export class ImportTally {
  readonly #problems: ImportProblem[] = [];
  readonly #sums = new RowSums();
  #counts = { added: 0, unchanged: 0, conflicts: 0, invalid: 0 };

  /** Rows so far, totals left out. */
  get rows(): number {
    const { added, unchanged, conflicts, invalid } = this.#counts;
    return added + unchanged + conflicts + invalid;
  }

  added(figures: InvoiceFigures): void {
    this.#counts.added += 1;
    this.#sums.add([figures]);
  }

  unchanged(): void {
    this.#counts.unchanged += 1;
  }

  problem(problem: ImportProblem): void {
    this.#counts[problem.kind === 'conflict' ? 'conflicts' : 'invalid'] += 1;
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(problem);
  }

  /** The report; its totals are those of what is added. */
  report(conversion: Conversion): ImportReport {
    return {
      rows: this.rows,
      ...this.#counts,
      problems: this.#problems.toSorted((one, other) => one.line - other.line),
      totals: invoiceTotalsOf(this.#sums.list(), conversion),
    };
  }
}
