import type { Source } from '../../src-contract/system.ts';
import { toTimestamp } from '../../src-contract/timestamp.ts';
import type { Stoppable } from '../lib/disposables.ts';

/**
 * Where a source is; times are UTC milliseconds. `since` is when the condition began, not when it was last tried.
 * `detail` names what is read or what is wrong, without credentials; the time words are composed where it is shown.
 */
export type SourceStatus =
  | { readonly state: 'connecting'; readonly since: number; readonly detail: string }
  | {
      readonly state: 'live';
      readonly since: number;
      readonly detail: string;
      /** Null for a source that makes its events itself. */
      readonly delivery: 'exactly once' | 'at most once' | null;
    }
  | {
      readonly state: 'unreachable';
      readonly since: number;
      /** When it is tried again; null while it is being tried. */
      readonly retryAt: number | null;
      readonly detail: string;
    }
  | {
      /** It answers, and nothing comes of it. */
      readonly state: 'degraded';
      readonly since: number;
      readonly retryAt: number | null;
      readonly detail: string;
    }
  | { readonly state: 'off'; readonly detail: string };

/** A running source of events: it hands messages to the intake it was started with until it is stopped. */
export interface EventSource extends Stoppable {
  readonly status: SourceStatus;
  /** Calls back with every new status; returns what stops that. */
  onStatus(listener: (status: SourceStatus) => void): () => void;
}

/** A status in the words of the contract. */
export function toSource(id: string, title: string, status: SourceStatus): Source {
  return {
    id,
    title,
    state: status.state,
    since: 'since' in status ? toTimestamp(status.since) : null,
    retry_at: 'retryAt' in status && status.retryAt !== null ? toTimestamp(status.retryAt) : null,
    detail: status.detail,
    delivery: 'delivery' in status ? status.delivery : null,
  };
}
