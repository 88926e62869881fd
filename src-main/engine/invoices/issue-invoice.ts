import type { CallArgs } from '../../../src-contract/channels.ts';
import { DEMO_ENVIRONMENT } from '../../../src-contract/environment.ts';
import type { InvoiceBody } from '../../../src-contract/event-bodies.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import { checkEvent } from '../../pipeline/check-event.ts';
import { FAMILY_RULES } from '../../pipeline/event-families.ts';
import type { Handlers } from '../../router/handlers.ts';
import type { Remote, ReaderPort } from '../../store/port.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import type { InvoicePublishing } from './invoice-publishing.ts';

/** Source and stream of invoices that are issued here. */
const SOURCE = 'local';
const FAMILY = 'invoice.issued';
/** Numbers that the simulator gives, for ever rising. */
const SIMULATED = /^PD-\d{8,}$/;

/** What issuing works with. */
export interface IssueInvoiceOptions {
  active: () => EnvironmentRuntime;
  reader: Pick<Remote<ReaderPort>, 'invoicesByNumber'>;
  publishing: Pick<InvoicePublishing, 'publish'>;
  baseCurrency: () => string;
  clock: Pick<Clock, 'now'>;
}

/** Whether a number is the simulator's to give in an environment: another invoice must not take it. */
export function isReserved(env: string, number: string): boolean {
  return env === DEMO_ENVIRONMENT && SIMULATED.test(number);
}

/** The handler that issues an invoice in the active environment: it is stored first, and then published. */
export function issueInvoice(options: IssueInvoiceOptions): Pick<Handlers, 'invoice.issue'> {
  // One after the other: of two with the same number the second must find the first.
  let last: Promise<unknown> = Promise.resolve();
  return {
    'invoice.issue': (args) => {
      const issued = last.then(() => issue(options, args));
      last = issued.catch(() => undefined);
      return issued;
    },
  };
}

async function issue(options: IssueInvoiceOptions, args: CallArgs<'invoice.issue'>): Promise<{ done: true }> {
  const runtime = options.active();
  const number = args.number.trim();
  const body = bodyOf(args, options.baseCurrency());
  check(body, options);
  if (isReserved(runtime.env, number)) {
    throw new ContractError('conflict', 'numbers such as PD-00000001 are the simulator’s here; give another');
  }
  await runtime.invoices.settled();
  const [taken] = await options.reader.invoicesByNumber(runtime.env, [number]);
  if (taken !== undefined) throw isTaken(number, taken.hidden);
  await store(runtime, body, options.clock.now());
  await options.publishing.publish(runtime.env, [{ number, body: body.toString() }]);
  return { done: true };
}

/** Names its currency, so that it stays what it is under another base currency, and for others. */
function bodyOf({ number, invoice }: CallArgs<'invoice.issue'>, baseCurrency: string): Buffer {
  const given = invoice as Partial<InvoiceBody>;
  if (given.number !== undefined && given.number !== number) {
    throw new ContractError('invalid_argument', '/invoice/number is not /number: leave it out', {
      field: '/invoice/number',
    });
  }
  return Buffer.from(JSON.stringify({ currency: baseCurrency, ...given, number }));
}

function check(body: Buffer, { baseCurrency, clock }: IssueInvoiceOptions): void {
  const rule = FAMILY_RULES.get(FAMILY);
  if (rule === undefined) throw new Error(`there is no family ${FAMILY}`);
  const now = clock.now();
  const checked = checkEvent(rule, body, 0, body.length, now, now, baseCurrency);
  if (checked.ok) return;
  const [field = ''] = /^\/[^\s:]+/.exec(checked.reason) ?? [];
  const where = field === '/number' ? field : `/invoice${field}`;
  throw new ContractError('invalid_argument', `${where}${checked.reason.slice(field.length)}`, {
    field: where,
  });
}

/** Resolves when the invoice is in the lists. */
async function store({ hub, invoices }: EnvironmentRuntime, body: Buffer, now: number): Promise<void> {
  const stream = await hub.of(SOURCE).openStream({ name: SOURCE, createdAt: 0 });
  if (stream.room === 0) throw new ContractError('too_many', 'too many invoices wait to be stored');
  stream.offer(FAMILY, stream.offeredSeq + 1, now, body);
  await stream.drained();
  await invoices.settled();
}

function isTaken(number: string, isHidden: boolean): ContractError {
  const why = isHidden ? 'taken by one that was reset' : 'taken';
  return new ContractError('conflict', `the number ${JSON.stringify(number)} is ${why}; give another`);
}
