import { RUN_LIMITS, type InvoiceRun } from '../../../src-contract/invoice.ts';
import type { RunFigures } from '../../state/run-control.svelte.ts';

/** The figures of a run that can be set. */
export const FIGURES = ['rate_per_s', 'display_rate_per_s', 'duration_s'] as const;
export type Figure = (typeof FIGURES)[number];
/** What is typed into the fields; those that were not touched are left out. */
export type FigureTexts = Readonly<Partial<Record<Figure, string>>>;

/** The figures as they are typed, and what is wrong with them. */
export interface ReadFigures {
  figures: Record<Figure, number>;
  complaints: Partial<Record<Figure, string>>;
  /** How many invoices that makes. */
  planned: number;
}

const inWords = (value: number): string => value.toLocaleString('en-US');

/** The limits of a figure, in words: `0.1 to 5,000`. */
export function limitsOf(figure: Figure): string {
  const { minimum, maximum } = RUN_LIMITS[figure];
  return `${inWords(minimum)} to ${inWords(maximum)}`;
}

/** Reads the fields; untouched ones are as in `run`. */
export function readFigures(texts: FigureTexts, run: Pick<InvoiceRun, Figure>): ReadFigures {
  const figures = { ...pick(run) };
  const complaints: ReadFigures['complaints'] = {};
  for (const figure of FIGURES) {
    const text = texts[figure]?.trim();
    if (text === undefined) continue;
    const { minimum, maximum } = RUN_LIMITS[figure];
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value >= minimum && value <= maximum) figures[figure] = value;
    else complaints[figure] = `Use a number from ${limitsOf(figure)}.`;
  }
  const planned = Math.floor(figures.rate_per_s * figures.duration_s);
  if (planned > RUN_LIMITS.planned && Object.keys(complaints).length === 0) {
    complaints.duration_s = `That makes ${inWords(planned)} invoices; a run makes at most ${inWords(RUN_LIMITS.planned)}.`;
  }
  return { figures, complaints, planned };
}

/** Those figures that differ from the run's. */
export function changedFigures(figures: Record<Figure, number>, run: Pick<InvoiceRun, Figure>): RunFigures {
  const changed = FIGURES.filter((figure) => figures[figure] !== run[figure]);
  return Object.fromEntries(changed.map((figure) => [figure, figures[figure]]));
}

function pick({
  rate_per_s,
  display_rate_per_s,
  duration_s,
}: Pick<InvoiceRun, Figure>): Record<Figure, number> {
  return { rate_per_s, display_rate_per_s, duration_s };
}
