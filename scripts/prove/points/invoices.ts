import type { InvoiceRun } from '../../../src-contract/invoice.ts';
import { seededRandom } from '../../../src-main/lib/random.ts';
import { invoiceFault, SumOfInvoices } from '../checks/invoice-sums.ts';
import { counted, nothingWrong, type Finding, type Point } from '../finding.ts';
import { InvoiceClient } from '../hosts/invoice-client.ts';
import { Lab } from '../hosts/lab.ts';

interface Scale {
  rate: number;
  displayRate: number;
  seconds: number;
  kills: number;
}

export const FULL: Scale = { rate: 500, displayRate: 400, seconds: 120, kills: 20 };
export const SHORT: Scale = { rate: 500, displayRate: 450, seconds: 4, kills: 3 };

/** Kills the host at random instants of a run, and looks whether every invoice is there once, with the right sums. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const planned = scale.rate * scale.seconds;
    const faults: string[] = [];
    let samples = 0;
    const look = async (client: InvoiceClient): Promise<InvoiceRun> => {
      const now = await client.run();
      samples++;
      if (now.produced !== now.shown + now.waiting) faults.push(JSON.stringify(now));
      return now;
    };
    const instants = killInstants(scale);
    let { host, client } = await serve(lab);
    await client.control('start', {
      rate_per_s: scale.rate,
      display_rate_per_s: scale.displayRate,
      duration_s: scale.seconds,
    });
    for (const instant of instants) {
      const before = await lab.until(`${instant} invoices produced`, 60_000, async () => {
        const now = await look(client);
        return now.produced >= instant ? now : undefined;
      });
      await host.end('SIGKILL');
      log(`killed with ${before.produced} produced, ${before.shown} shown`);
      ({ host, client } = await serve(lab));
      const after = await look(client);
      if (after.produced < before.produced)
        faults.push(`${before.produced} produced, then ${after.produced}`);
      if (after.shown < before.shown) faults.push(`${before.shown} shown, then ${after.shown}`);
    }
    await lab.until('the run has finished', scale.seconds * 4000, async () =>
      (await look(client)).state === 'finished' ? true : undefined,
    );
    return [
      counted('kills in the run', instants.length, scale.kills),
      nothingWrong('produced = shown + waiting, and nothing shown was lost', samples, faults),
      ...(await shownOnce(client, planned)),
    ];
  });

async function serve(lab: Lab) {
  const { host, rest } = await lab.serve('--demo', '--seed', '7');
  return { host, client: new InvoiceClient(rest) };
}

/** Whether the shown invoices are the planned ones, each once and right, and the statistics their sums. */
async function shownOnce(client: InvoiceClient, planned: number): Promise<Finding[]> {
  const sums = new SumOfInvoices();
  const numbers = new Set<string>();
  const wrong: string[] = [];
  for await (const invoice of client.all()) {
    sums.add(invoice);
    if (numbers.has(invoice.number)) wrong.push(`${invoice.number} is shown twice`);
    numbers.add(invoice.number);
    const fault = invoiceFault(invoice);
    if (fault !== null) wrong.push(fault);
  }
  const gaps = Array.from({ length: planned }, (_, index) => numberOf(index + 1)).filter(
    (number) => !numbers.has(number),
  );
  const { produced, shown, waiting } = await client.run();
  return [
    counted('invoices shown', sums.count, planned),
    nothingWrong('numbers without a gap', planned, gaps),
    nothingWrong('invoices right and shown once', sums.count, wrong),
    nothingWrong('statistics equal recomputation', sums.byCurrency.size, sums.unlike(await client.stats())),
    counted('produced', produced, planned),
    counted('shown by the run', shown, planned),
    counted('waiting', waiting, 0),
  ];
}

function numberOf(nth: number): string {
  return `PD-${String(nth).padStart(8, '0')}`;
}

/** One instant in each equal part of the production, as a count of produced invoices. */
function killInstants({ rate, seconds, kills }: Scale): number[] {
  const random = seededRandom(5);
  const part = (rate * seconds) / (kills + 1);
  return Array.from(
    { length: kills },
    (_, index) => Math.floor((index + 0.1 + random.next() * 0.8) * part) + 1,
  );
}
