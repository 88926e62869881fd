import type { Source } from '../../src-contract/system.ts';
import type { Stoppable } from '../lib/disposables.ts';
import type { ServiceContext } from '../lib/service.ts';
import type { Supervisor } from '../lib/supervisor.ts';
import { toSource, type EventSource } from '../sources/source.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';

/** How one source is started for an environment. */
export interface SourcePlan {
  id: string;
  title: string;
  /** Why the source does not run in this environment; null: it does. */
  offIn(env: string): string | null;
  /** Whether it feeds the active environment only, not one that fills in the background. */
  activeOnly?: boolean;
  start(runtime: EnvironmentRuntime, context: ServiceContext): Promise<EventSource> | EventSource;
}

interface RunningSource {
  plan: SourcePlan;
  env: string;
  source: EventSource | null;
  fail: ((error: unknown) => void) | null;
}

/** The sources that feed environments, each a supervised service with a status. */
export class RunningSources implements Stoppable {
  readonly #supervisor: Supervisor;
  readonly #onChange: () => void;
  readonly #running = new Map<string, RunningSource>();
  #plans: readonly SourcePlan[];

  constructor(supervisor: Supervisor, plans: readonly SourcePlan[], onChange: () => void) {
    this.#supervisor = supervisor;
    this.#plans = plans;
    this.#onChange = onChange;
  }

  /** Whether a source feeds this environment now. */
  feeds(env: string): boolean {
    return [...this.#running.values()].some((running) => running.env === env);
  }

  /** Starts every source that runs in this environment and is not running already. */
  start(runtime: EnvironmentRuntime, background = false): void {
    for (const plan of this.#plans) {
      if (this.#running.has(plan.id) || (background && plan.activeOnly === true)) continue;
      if (plan.offIn(runtime.env) !== null) continue;
      const running: RunningSource = { plan, env: runtime.env, source: null, fail: null };
      this.#running.set(plan.id, running);
      this.#supervisor.add({
        id: plan.id,
        title: plan.title,
        start: async (context) => {
          running.fail = context.fail;
          const source = await plan.start(runtime, context);
          running.source = source;
          source.onStatus(() => this.#onChange());
          this.#onChange();
          return source;
        },
      });
    }
    this.#onChange();
  }

  /** Stops the sources that feed an environment; those that go on in the background stay, if they are to. */
  async stopOf(env: string, keepBackground = false): Promise<void> {
    const stopping = [...this.#running].filter(
      ([, running]) => running.env === env && !(keepBackground && running.plan.activeOnly !== true),
    );
    await Promise.all(stopping.map(([id]) => this.#remove(id)));
  }

  /** Puts another plan in the place of the one with its id, and starts it for this environment. */
  async replace(plan: SourcePlan, runtime: EnvironmentRuntime): Promise<void> {
    // Before waiting: of two replacements the later one counts, and while it waits a switch may start sources.
    this.#plans = this.#plans.map((known) => (known.id === plan.id ? plan : known));
    await this.#remove(plan.id);
    this.start(runtime);
  }

  /** Lets a running source fail, as a fault of its own would. */
  fail(id: string, error: Error): void {
    this.#running.get(id)?.fail?.(error);
  }

  /** Every source as the screens show it, for the active environment. */
  states(activeEnv: string): Source[] {
    return this.#plans.map((plan) => this.#stateOf(plan, activeEnv));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.#remove(id)));
  }

  async #remove(id: string): Promise<void> {
    if (!this.#running.delete(id)) return;
    await this.#supervisor.remove(id);
  }

  #stateOf(plan: SourcePlan, activeEnv: string): Source {
    const running = this.#running.get(plan.id);
    const base = { id: plan.id, title: plan.title, since: null, retry_at: null, delivery: null };
    if (running === undefined)
      return { ...base, state: 'off', detail: plan.offIn(activeEnv) ?? 'not started' };
    const service = this.#supervisor.get(plan.id);
    if (service?.state === 'failed' || service?.state === 'backing_off') {
      const detail = service.lastError?.message ?? 'stopped unexpectedly';
      const retryAt = service.state === 'backing_off' ? new Date(service.until).toISOString() : null;
      const since = service.lastError === null ? null : new Date(service.lastError.at).toISOString();
      return { ...base, state: 'failed', since, retry_at: retryAt, detail };
    }
    if (running.source === null) return { ...base, state: 'connecting', detail: 'starting' };
    return toSource(plan.id, plan.title, running.source.status);
  }
}
