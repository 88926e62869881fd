import {
  JetStreamApiError,
  RetentionPolicy,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import { PermissionViolationError } from '@nats-io/transport-node';
import type { StreamCandidate } from './stream-coverage.ts';
import { covers } from './subject-match.ts';

/** Streams of an environment that are looked at; more than that are not. */
const MAX_STREAMS = 1024;
/** The server's codes for an account that may not use JetStream, and for a server that has it switched off. */
const NOT_ENABLED = [10039, 10076];
/** Why a work queue, or a stream of interest, is not read. */
const DROPS = 'it drops what was read';
/** Why a stream over everything is not read: on older servers each delivered message is stored in it again, without end. */
const SWALLOWS = 'it takes in whatever is delivered from it';

/** A stream as its server described it at the last look. */
export interface SeenStream extends StreamCandidate {
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Whether it was filled by nothing but what is published to its subjects. */
  readonly original: boolean;
}

/** The streams that hold subjects of an environment. Rejects with the client's error. */
export async function listStreams(manager: JetStreamManager, env: string): Promise<SeenStream[]> {
  const streams: SeenStream[] = [];
  const lister = manager.streams.list(`${env}.>`);
  for (let page = await lister.next(); page.length > 0 && streams.length < MAX_STREAMS;) {
    streams.push(...page.map(toSeen));
    page = await lister.next();
  }
  return streams;
}

/** Whether an error of JetStream says that there is none for us, and not that something is wrong at the moment. */
export function isWithoutJetStream(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return NOT_ENABLED.includes(error.code);
  // The client keeps this class to itself.
  return (error instanceof Error && error.name === 'JetStreamNotEnabled') || isNotPermitted(error);
}

/** Whether the server did not permit what was tried. */
export function isNotPermitted(error: unknown): boolean {
  if (error instanceof PermissionViolationError) return true;
  return error instanceof Error && error.cause !== undefined && isNotPermitted(error.cause);
}

function toSeen({ config, created, state }: StreamInfo): SeenStream {
  const subjects = given(config.subjects);
  return {
    name: config.name,
    createdAt: Date.parse(created),
    subjects,
    unreadable: unreadable(config.retention, subjects),
    original: given(config.sources).length === 0,
    firstSeq: state.first_seq,
    lastSeq: state.last_seq,
  };
}

/** A mirror has no subjects and few streams have sources, whatever the client's types say. */
function given<T>(list: readonly T[] | undefined): readonly T[] {
  return list ?? [];
}

function unreadable(retention: RetentionPolicy, subjects: readonly string[]): string | null {
  if (retention !== RetentionPolicy.Limits) return DROPS;
  return subjects.some((subject) => covers(subject, '_INBOX.>')) ? SWALLOWS : null;
}
