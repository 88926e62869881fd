import { expect, it } from 'vitest';
import { reportOf } from './fake-report.ts';
import { metricsText } from './metrics.ts';

const host = {
  uptimeSeconds: 1,
  loopDelay: { p50: 0, p99: 0, max: 0 },
  webSockets: 0,
  eventSockets: 0,
  engineRestarts: 0,
  intake: [],
};
const euros = (amount: string) => ({ amount, currency: 'EUR' });

it('tells Prometheus of the run and of the shown invoices', async () => {
  const report = reportOf();
  const running = { ...report.invoices, state: 'running' as const, produced: 12, shown: 5, waiting: 7 };
  const total = {
    ...{ currency: 'EUR', count: 3 },
    ...{ net: euros('30.00'), vat: euros('4.50'), gross: euros('34.50'), average: euros('11.50') },
  };
  const engine = {
    report: { ...report, invoices: running },
    polled: null,
    stages: null,
    invoices: { count: 3, totals: [total], converted: null },
  };
  const lines = (await metricsText(host, engine)).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'pulsedesk_invoices_run_state{state="running"} 1',
      'pulsedesk_invoices_run_state{state="idle"} 0',
      'pulsedesk_invoices_produced 12',
      'pulsedesk_invoices_shown 5',
      'pulsedesk_invoices_waiting 7',
      'pulsedesk_invoices_in_view{env="demo",currency="EUR"} 3',
      'pulsedesk_invoices_vat{env="demo",currency="EUR"} 4.5',
      'pulsedesk_invoices_gross{env="demo",currency="EUR"} 34.5',
    ]),
  );
});
