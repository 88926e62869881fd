import { EVENT_KINDS, type EventFamily } from '../../../src-contract/event-kinds.ts';
import { covers } from './subject-match.ts';

/** What is asked of a stream to decide whether and how it is read. */
export interface StreamCandidate {
  readonly name: string;
  /** UTC milliseconds, as its server reports it. */
  readonly createdAt: number;
  readonly subjects: readonly string[];
  /** True for a stream whose messages vanish once one consumer took them: it is never read. */
  readonly workQueue: boolean;
}

/** How the subjects of an environment are read. */
export interface Coverage<S extends StreamCandidate> {
  /** Streams that take in at least one subject family: they are read whole. */
  readonly streams: readonly S[];
  /** Families that no stream takes in. */
  readonly uncovered: readonly EventFamily[];
  /** Names of streams that take in a family but are work queues. */
  readonly workQueues: readonly string[];
}

const FAMILIES = Object.keys(EVENT_KINDS) as EventFamily[];

/** Decides which streams are read for an environment, and which families are left to a plain subscription. */
export function coverage<S extends StreamCandidate>(env: string, candidates: readonly S[]): Coverage<S> {
  const fitting = candidates.filter((stream) => familiesOf(env, stream).length > 0);
  const streams = fitting.filter((stream) => !stream.workQueue);
  return {
    streams,
    uncovered: FAMILIES.filter((family) => !streams.some((stream) => takesIn(stream, env, family))),
    workQueues: fitting.filter((stream) => stream.workQueue).map((stream) => stream.name),
  };
}

/** The families of an environment that a stream takes in. */
export function familiesOf(env: string, stream: StreamCandidate): EventFamily[] {
  return FAMILIES.filter((family) => takesIn(stream, env, family));
}

/** Says whether a stream holds messages of this environment only, so that it is read without a filter. */
export function isWhollyOf(env: string, stream: StreamCandidate): boolean {
  return stream.subjects.every((subject) => covers(`${env}.>`, subject));
}

function takesIn(stream: StreamCandidate, env: string, family: EventFamily): boolean {
  return stream.subjects.some((subject) => covers(subject, `${env}.${family}`));
}
