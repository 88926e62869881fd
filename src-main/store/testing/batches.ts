import type { EventBatch, RejectedEvent } from '../../../src-contract/journal.ts';
import type { RejectFilter } from '../port.ts';

/** The filter that keeps every reject. */
export const ALL_REJECTS: RejectFilter = { subject: null, source: null, words: null, state: 'all' };

/** An event of a batch under construction; the key is the slug of portfolio events. */
export interface TestEvent {
  seq: number;
  kind?: number;
  key?: string | null;
  at?: number;
  body?: unknown;
}

/** Builds batches for tests: columns out of events, with sensible values for what a test does not care about. */
export function makeBatch(
  stream: { env: string; source: string; incarnation: number },
  events: readonly TestEvent[],
  rest: {
    parts?: readonly number[];
    ids?: { event: number; id: string }[];
    redriven?: number[];
    rejects?: readonly RejectedEvent[];
    others?: { subject: string; count: number }[];
    confirmed?: number;
    follows?: number;
    lastSeq?: number;
  } = {},
): EventBatch {
  const bodies = events.map((event) =>
    Buffer.from(JSON.stringify(event.body ?? { slug: event.key ?? undefined, seq: event.seq })),
  );
  const rejects = [...(rest.rejects ?? [])];
  let end = 0;
  return {
    env: stream.env,
    source: stream.source,
    incarnation: stream.incarnation,
    count: events.length,
    seqs: Float64Array.from(events, (event) => event.seq),
    kinds: Uint8Array.from(events, (event) => event.kind ?? (event.key == null ? 4 : 1)),
    occurredAt: Float64Array.from(events, (event) => event.at ?? 1_000_000),
    receivedAt: Float64Array.from(events, (event) => (event.at ?? 1_000_000) + 5),
    ...ofSomeBatches(rest),
    keys: events.every(({ key }) => key == null) ? null : events.map(({ key }) => key ?? null),
    bodies: new Uint8Array(Buffer.concat(bodies)),
    bodyEnds: Uint32Array.from(bodies, (body) => (end += body.length)),
    rejects,
    others: rest.others ?? [],
    confirmed: rest.confirmed ?? 0,
    follows: rest.follows ?? 0,
    lastSeq: rest.lastSeq ?? Math.max(0, events.at(-1)?.seq ?? 0, rejects.at(-1)?.seq ?? 0),
  };
}

function ofSomeBatches(rest: {
  parts?: readonly number[];
  ids?: { event: number; id: string }[];
  redriven?: number[];
}): Pick<EventBatch, 'parts' | 'ids' | 'redriven'> {
  const { parts, ids = null, redriven = null } = rest;
  return { parts: parts === undefined ? null : Uint16Array.from(parts), ids, redriven };
}

/** A reject of a batch, with a body that is not JSON. */
export function makeReject(seq: number, body = `{"slug": ${seq}`, part = 0): RejectedEvent {
  const bytes = Buffer.from(body);
  return {
    seq,
    part,
    subject: 'portfolio.updated',
    receivedAt: 1_000_005,
    reason: 'the body is not JSON',
    body: bytes,
    bytes: bytes.length,
  };
}
