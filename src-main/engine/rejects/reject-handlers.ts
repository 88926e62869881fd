import type { CallArgs } from '../../../src-contract/channels.ts';
import type { RedriveOutcome, RedriveReport } from '../../../src-contract/reject-bench.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { Handlers } from '../../router/handlers.ts';
import { bodyText } from '../../store/payload-text.ts';
import type { Remote, ReaderPort, RejectFilter, StoredReject, WriterPort } from '../../store/port.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { isWhole, patchedBody, replacedBody, type EditedBody } from './edited-body.ts';
import { redrive, settledBefore, type Redriven, type Verdict } from './redrive.ts';
import type { CheckBody } from './try-body.ts';

const DEFAULT_LIMIT = 100;

/** What the handlers about rejects work with. */
export interface RejectHandlerOptions {
  active: () => EnvironmentRuntime;
  reader: Pick<Remote<ReaderPort>, 'rejects' | 'rejectsById'>;
  writer: Pick<Remote<WriterPort>, 'rejectsAttempted'>;
  /** Checks a body as if it arrived now, without storing anything. */
  check: CheckBody;
}

type RejectCalls = 'rejects.list' | 'reject.get' | 'reject.redrive' | 'rejects.redrive';

/** Handlers of the list of rejects and of redriving them; those of the active environment are redriven. */
export function rejectHandlers(options: RejectHandlerOptions): Pick<Handlers, RejectCalls> {
  const { active, reader } = options;
  return {
    'rejects.list': (args) =>
      reader.rejects(
        args.env ?? active().env,
        filterOf(args),
        args.limit ?? DEFAULT_LIMIT,
        args.cursor ?? null,
      ),
    'reject.get': async ({ env, id }) => {
      const name = env ?? active().env;
      const { body, ...reject } = existing(await reader.rejectsById(name, [id]), name, id);
      return { ...reject, body: bodyText(body), editable: isWhole({ ...reject, body }) };
    },
    'reject.redrive': async ({ id, body, dry_run: isDry = false }) => {
      const runtime = active();
      const reject = existing(await reader.rejectsById(runtime.env, [id]), runtime.env, id);
      return redriveAll(options, runtime, [id], isDry, [{ reject, body: replacedBody(reject, body) }]);
    },
    'rejects.redrive': async ({ ids, patch, dry_run: isDry = false }) => {
      const runtime = active();
      const rejects = await reader.rejectsById(runtime.env, ids);
      const edited = rejects.map((reject) => ({ reject, body: patchedBody(reject, patch) }));
      return redriveAll(options, runtime, ids, isDry, edited);
    },
  };
}

function filterOf({ subject, source, q, state }: CallArgs<'rejects.list'>): RejectFilter {
  return { subject: subject ?? null, source: source ?? null, words: q ?? null, state: state ?? 'all' };
}

function existing(found: readonly StoredReject[], env: string, id: number): StoredReject {
  const [reject] = found;
  if (reject === undefined) throw new ContractError('not_found', `${env} has no reject ${id}`);
  return reject;
}

async function redriveAll(
  { check, writer }: RejectHandlerOptions,
  runtime: EnvironmentRuntime,
  ids: readonly number[],
  isDry: boolean,
  edited: readonly Redriven[],
): Promise<RedriveReport> {
  const { env } = runtime;
  if (isDry) {
    const tried = new Map(edited.map((item) => [item.reject.id, triedOnly(item, check)]));
    return report(env, ids, tried, true);
  }
  const verdicts = await redrive(runtime.hub, edited);
  const refused = [...verdicts].flatMap(([id, { outcome }]) => (outcome === 'refused' ? [id] : []));
  if (refused.length > 0) await writer.rejectsAttempted(env, refused);
  return report(env, ids, verdicts, false);
}

/** What would become of it, as far as can be told without the store. */
function triedOnly(item: Redriven, check: CheckBody): Verdict {
  const before = settledBefore(item);
  if (before !== null) return before;
  const reason = check(item.reject, item.body as Exclude<EditedBody, { refusal: string }>);
  return reason === null ? { outcome: 'stored', reason: null } : { outcome: 'refused', reason };
}

function report(
  env: string,
  ids: readonly number[],
  verdicts: ReadonlyMap<number, Verdict>,
  isDry: boolean,
): RedriveReport {
  const outcomes = ids.map((id): RedriveOutcome => {
    const verdict = verdicts.get(id) ?? { outcome: 'refused', reason: `${env} has no reject ${id}` };
    return { id, ...verdict };
  });
  const count = (wanted: RedriveOutcome['outcome']) =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  return {
    dry_run: isDry,
    stored: count('stored'),
    repeated: count('repeated'),
    refused: count('refused'),
    outcomes,
  };
}
