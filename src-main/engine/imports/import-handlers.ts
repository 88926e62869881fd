import type { ImportReport } from '../../../src-contract/invoice.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Conversion } from '../../projections/invoices/converted-sums.ts';
import type { Handlers } from '../../router/handlers.ts';
import type { Remote, ReaderPort } from '../../store/port.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import type { InvoicePublishing } from '../invoices/invoice-publishing.ts';
import type { JobList } from '../jobs/job-list.ts';
import type { RunningJob } from '../jobs/running-job.ts';
import { importPass, type ImportPassOptions } from './import-pass.ts';
import { ImportTally } from './import-tally.ts';
import type { OpenImport, OpenImports } from './open-imports.ts';
import { refusalOfNumbers } from './reserved-numbers.ts';
import { storeInvoices } from './store-invoices.ts';

/** What imports work with. */
export interface ImportHandlerOptions {
  imports: OpenImports;
  active: () => EnvironmentRuntime;
  reader: Pick<Remote<ReaderPort>, 'invoicesByNumber'>;
  jobs: JobList;
  publishing: Pick<InvoicePublishing, 'publish'>;
  conversion: () => Conversion;
  clock: Pick<Clock, 'now'>;
}

type ImportCalls = 'import.begin' | 'import.part' | 'import.check' | 'import.apply' | 'import.drop';

/** Handlers of imports: a file comes in parts, is checked, and is stored or dropped. */
export function importHandlers(options: ImportHandlerOptions): Pick<Handlers, ImportCalls> {
  const { imports, active } = options;
  // One after the other: of two with the same invoices the second must find those of the first.
  let last: Promise<unknown> = Promise.resolve();
  return {
    'import.begin': ({ name }) => ({ id: imports.begin(name, active().env) }),
    'import.part': ({ id, text }) => imports.use(id, (opened) => addPart(opened, text)),
    'import.check': ({ id }) => imports.use(id, (opened) => check(options, opened)),
    'import.apply': ({ id }) =>
      imports.use(id, (opened) => {
        const applied = last.then(() => apply(options, opened));
        last = applied.catch(() => undefined);
        return applied;
      }),
    'import.drop': async ({ id }) => {
      await imports.drop(id);
      return { done: true };
    },
  };
}

async function addPart(opened: OpenImport, text: string): Promise<{ bytes: number }> {
  opened.rows = null;
  try {
    await opened.file.append(text);
  } catch (error) {
    if (error instanceof RangeError)
      throw new ContractError('invalid_argument', error.message, { field: '/text' });
    throw error;
  }
  return { bytes: opened.file.bytes };
}

async function check(options: ImportHandlerOptions, opened: OpenImport): Promise<ImportReport> {
  const pass = await passOf(options, opened);
  const tally = new ImportTally();
  for await (const _ of importPass(pass, tally)) continue;
  opened.rows = tally.rows;
  return tally.report(options.conversion());
}

/** A file that is no import from some line on must not go in up to there: it is read through before. */
async function apply(options: ImportHandlerOptions, opened: OpenImport): Promise<ImportReport> {
  options.jobs.assertRoom();
  if (opened.rows === null) await check(options, opened);
  const report = Promise.withResolvers<ImportReport>();
  // Whoever waits for the report hears of the failure; the job, of which the list tells, fails too.
  report.promise.catch(() => undefined);
  options.jobs.begin(
    { kind: 'import', title: `Import of ${opened.name}`, total: opened.rows },
    async (job) => {
      try {
        report.resolve(await stored(options, opened, job));
      } catch (error) {
        report.reject(error);
        throw error;
      }
      return null;
    },
  );
  return report.promise;
}

async function stored(
  options: ImportHandlerOptions,
  opened: OpenImport,
  { signal, progress }: RunningJob,
): Promise<ImportReport> {
  const { publishing, clock } = options;
  const runtime = runtimeOf(options, opened);
  const pass = await passOf(options, opened);
  const tally = new ImportTally();
  for await (const invoices of importPass(pass, tally)) {
    const published = await storeInvoices(runtime, invoices, clock.now());
    await publishing.publish(runtime.env, published);
    progress(tally.rows);
    // What is stored are whole invoices, and stays.
    signal.throwIfAborted();
  }
  await runtime.invoices.settled();
  return tally.report(options.conversion());
}

async function passOf(options: ImportHandlerOptions, opened: OpenImport): Promise<ImportPassOptions> {
  const runtime = runtimeOf(options, opened);
  await opened.file.written();
  await runtime.invoices.settled();
  return {
    file: opened.file.path,
    env: opened.env,
    reader: options.reader,
    baseCurrency: options.conversion().baseCurrency,
    now: options.clock.now(),
    refusalOf: refusalOfNumbers(runtime),
  };
}

function runtimeOf({ active }: ImportHandlerOptions, { env }: OpenImport): EnvironmentRuntime {
  const runtime = active();
  if (runtime.env === env) return runtime;
  throw new ContractError(
    'conflict',
    `the import was opened in ${env}, which is not the active environment any more`,
  );
}
