import type { Stoppable } from '../../src-main/lib/disposables.ts';

/** What became of one request. */
export interface LoadAnswer {
  /** What it was answered, in a word: a status, `ok`, a code, or why there was no answer. */
  readonly kind: string;
  /** Whether it was taken. */
  readonly taken: boolean;
  /** Events that were accepted, and those listed as not valid. */
  readonly accepted: number;
  readonly rejected: number;
}

/** Something that takes events. */
export interface LoadTarget extends Stoppable {
  /** Sends events, as JSON texts, in one request. Never rejects. */
  send(events: readonly string[]): Promise<LoadAnswer>;
}

/** The body of a request: one event as it is, several as an array. */
export function bodyOf(events: readonly string[]): string {
  return events.length === 1 ? (events[0] ?? '') : `[${events.join(',')}]`;
}

/** A request that was not answered. */
export function unanswered(error: unknown): LoadAnswer {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { kind: String(code ?? message ?? error), taken: false, accepted: 0, rejected: 0 };
}
