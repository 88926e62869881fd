import type { CallResult } from '../../src-contract/channels.ts';
import { RUN_STATES } from '../../src-contract/invoice.ts';
import type { MetricFigure } from './metric-figure.ts';

type InvoiceRun = CallResult<'system.status'>['invoices'];
type InvoiceTotals = CallResult<'invoices.stats'>;

/** The figures of the simulator's run. */
export function runFigures(run: InvoiceRun): MetricFigure[] {
  const one = (name: string, help: string, value: number): MetricFigure => ({
    ...{ name: `invoices_${name}`, help },
    samples: [[value, {}]],
  });
  return [
    {
      name: 'invoices_run_state',
      help: '1 for the state the invoice simulator is in',
      samples: RUN_STATES.map((state) => [run.state === state ? 1 : 0, { state }]),
    },
    one('produced', 'Invoices the run has produced; produced = shown + waiting', run.produced),
    one('shown', 'Invoices of the run that are shown', run.shown),
    one('waiting', 'Invoices of the run that wait to be shown', run.waiting),
    one('planned', 'Invoices the run produces in all', run.planned),
    one('produced_per_second', 'Invoices produced per second, over the last 5 s', run.produced_per_s),
    one('shown_per_second', 'Invoices shown per second, over the last 5 s', run.shown_per_s),
  ];
}

/** The figures of the shown invoices of an environment; amounts are in units of their currency. */
export function totalsFigures(env: string, { totals }: InvoiceTotals): MetricFigure[] {
  const each = (name: string, help: string, read: (total: InvoiceTotals['totals'][number]) => number) => ({
    ...{ name: `invoices_${name}`, help },
    samples: totals.map((total) => [read(total), { env, currency: total.currency }] as const),
  });
  return [
    each('in_view', 'Shown invoices of the active environment', ({ count }) => count),
    each('net', 'Sum of their net amounts', ({ net }) => Number(net.amount)),
    each('vat', 'Sum of their VAT', ({ vat }) => Number(vat.amount)),
    each('gross', 'Sum of their gross amounts', ({ gross }) => Number(gross.amount)),
  ];
}
