import type { Stoppable } from './disposables.ts';
import type { Log } from './log.ts';

/**
 * When a service is started again after it ended: `permanent` always, `transient` unless it finished by itself,
 * `temporary` never.
 */
export type RestartPolicy = 'permanent' | 'transient' | 'temporary';

/** What one run of a service is given. All of it may be taken out of the object. */
export interface ServiceContext {
  /** Says that this run has failed: it is stopped, and started again as its policy and intensity allow. */
  readonly fail: (error: unknown) => void;
  /** Says that this run has done its work and ended without failure. */
  readonly finish: () => void;
  /** Aborted as soon as this run is over, for whatever reason. */
  readonly signal: AbortSignal;
  /** A log that names the service. */
  readonly log: Log;
}

/** A service as its supervisor knows it. */
export interface ServiceSpec {
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /**
   * Starts one run. The handle, given at once or as a promise, is stopped exactly once when the run is over, even when
   * it arrives after that. Throwing or rejecting counts as a failure.
   */
  readonly start: (context: ServiceContext) => Stoppable | Promise<Stoppable>;
  /** `permanent` when left out. */
  readonly restart?: RestartPolicy;
}

/** Where a service is; times are UTC milliseconds. */
export type ServicePhase =
  | { readonly state: 'starting' }
  | { readonly state: 'running'; readonly since: number }
  /** Starts again at `until`; `attempt` counts from 1 since it last held, or was restarted by hand. */
  | { readonly state: 'backing_off'; readonly until: number; readonly attempt: number }
  /** Given up; a restart by hand brings it back. */
  | { readonly state: 'failed'; readonly since: number }
  | { readonly state: 'stopped' };

/** What is shown of a service. */
export type ServiceState = ServicePhase & {
  readonly id: string;
  readonly title: string;
  /** Times it was started again, by its supervisor or by hand. */
  readonly restarts: number;
  /** The latest failure, secrets hidden, and when it was noticed. Kept when the service recovers. */
  readonly lastError: { readonly message: string; readonly at: number } | null;
};
