import { EVENT_KINDS, type EventFamily } from '../../../src-contract/event-kinds.ts';
import type { StreamIntake } from '../../../src-contract/intake.ts';
import type { RedriveOutcome } from '../../../src-contract/reject-bench.ts';
import type { IntakeHub } from '../../pipeline/intake-hub.ts';
import type { StoredReject } from '../../store/port.ts';
import { Settling } from './settling.ts';

/** Name of the stream on which what is redriven enters, of each source its own. */
const STREAM = 'redriven';

/** A reject with the body to take in its stead, or why there is none. */
export interface Redriven {
  reject: StoredReject;
  body: Uint8Array | { refusal: string };
}

/** What becomes of a reject before it is stored or not. */
export type Verdict = Pick<RedriveOutcome, 'outcome' | 'reason'>;

/** Why a reject is not tried at all; null: it is. */
export function settledBefore({ reject, body }: Redriven): Verdict | null {
  if (reject.redriven_at !== null) return { outcome: 'repeated', reason: 'it was redriven before' };
  if (!isFamily(reject.subject)) return refused(`${reject.subject} is no subject that is remembered`);
  return body instanceof Uint8Array ? null : refused(body.refusal);
}

/**
 * Offers rejects to the intake of their environment, each on the stream of its source, and waits until they are durable.
 * Answers by id. What another caller stores meanwhile is repeated: the store looks at the mark.
 */
export async function redrive(
  hub: Pick<IntakeHub, 'of'>,
  items: readonly Redriven[],
): Promise<ReadonlyMap<number, Verdict>> {
  const verdicts = new Map<number, Verdict>();
  const streams = new Map<string, Promise<Settling>>();
  try {
    for (const item of items) {
      const { source } = item.reject;
      const opened = streams.get(source) ?? opening(hub, source);
      streams.set(source, opened);
      await offer(await opened, item, verdicts);
    }
    const settled = await Promise.all(streams.values());
    for (const stream of settled) {
      for (const [reject, isRepeated] of await stream.all()) verdicts.set(reject, stored(isRepeated));
    }
  } finally {
    for (const stream of await Promise.allSettled(streams.values())) {
      if (stream.status === 'fulfilled') stream.value.end();
    }
  }
  return verdicts;
}

async function opening(hub: Pick<IntakeHub, 'of'>, source: string): Promise<Settling> {
  return new Settling(await hub.of(source).openStream({ name: STREAM, createdAt: 0 }));
}

async function offer(settling: Settling, item: Redriven, verdicts: Map<number, Verdict>): Promise<void> {
  const { reject, body } = item;
  const before = settledBefore(item);
  if (before !== null || !(body instanceof Uint8Array)) {
    verdicts.set(reject.id, before ?? refused('it has no body'));
    return;
  }
  await settling.room();
  const reason = offered(settling.stream, reject, body);
  if (reason === null) settling.expect(settling.stream.offeredSeq, reject.id);
  else verdicts.set(reject.id, refused(reason));
}

function offered(stream: StreamIntake, reject: StoredReject, body: Uint8Array): string | null {
  const family = reject.subject as EventFamily;
  return stream.offerReject(family, stream.offeredSeq + 1, Date.parse(reject.received_at), body, reject.id);
}

function isFamily(subject: string): subject is EventFamily {
  return Object.hasOwn(EVENT_KINDS, subject);
}

function stored(isRepeated: boolean): Verdict {
  return isRepeated
    ? { outcome: 'repeated', reason: 'it was stored before' }
    : { outcome: 'stored', reason: null };
}

function refused(reason: string): Verdict {
  return { outcome: 'refused', reason };
}
