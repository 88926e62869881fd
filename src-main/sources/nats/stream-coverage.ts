import { EVENT_KINDS, type EventFamily } from '../../../src-contract/event-kinds.ts';
import { covers } from './subject-match.ts';

/** What is asked of a stream to decide whether and how it is read. */
export interface StreamCandidate {
  readonly name: string;
  /** UTC milliseconds, as its server reports it. */
  readonly createdAt: number;
  readonly subjects: readonly string[];
  /** Why it must not or cannot be read, such as one whose messages vanish once they were read; null: it can. */
  readonly unreadable: string | null;
}

/** Names one incarnation of a stream on its server. */
export function incarnationKey({ name, createdAt }: StreamCandidate): string {
  return `${name} ${createdAt}`;
}

/** How the subjects of an environment are read. */
export interface Coverage<S extends StreamCandidate> {
  /** Streams that take in at least one subject family: they are read whole. */
  readonly streams: readonly S[];
  /** Families that no readable stream takes in. */
  readonly uncovered: readonly EventFamily[];
  /** Streams that take in a family and are not readable. */
  readonly unread: readonly S[];
}

const FAMILIES = Object.keys(EVENT_KINDS) as EventFamily[];

/** Decides which streams are read for an environment, and which families are left to a plain subscription. */
export function coverage<S extends StreamCandidate>(env: string, candidates: readonly S[]): Coverage<S> {
  const fitting = candidates.filter((stream) => FAMILIES.some((family) => takesIn(stream, env, family)));
  const streams = fitting.filter(({ unreadable }) => unreadable === null);
  return {
    streams,
    uncovered: FAMILIES.filter((family) => !streams.some((stream) => takesIn(stream, env, family))),
    unread: fitting.filter(({ unreadable }) => unreadable !== null),
  };
}

function takesIn(stream: StreamCandidate, env: string, family: EventFamily): boolean {
  return stream.subjects.some((subject) => covers(subject, `${env}.${family}`));
}
