import type { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { errorMessage } from './error-message.ts';
import { Incarnation } from './incarnation.ts';
import type { Log } from './log.ts';
import { RestartIntensity } from './restart-intensity.ts';
import type { IntensityLimit } from './restart-intensity.ts';
import type { ServicePhase, ServiceSpec, ServiceState } from './service.ts';
import { within } from './within.ts';

/** What a supervised service is given by its supervisor. */
export interface SupervisionParts {
  readonly clock: Clock;
  readonly backoff: Backoff;
  readonly intensity: IntensityLimit;
  /** How long the stopping of one run is waited for, in milliseconds. */
  readonly stopWithinMs: number;
  readonly log: Log;
  /** Told every new state; must not throw. */
  readonly onChange: (state: ServiceState) => void;
}

/** One service under supervision: its present run, and what happens when that ends. */
export class SupervisedService {
  readonly #spec: ServiceSpec;
  readonly #parts: SupervisionParts;
  readonly #intensity: RestartIntensity;
  #state: ServiceState;
  #run: Incarnation | null = null;
  #drained: Promise<void> = Promise.resolve();
  #cancelTimer: () => void = () => {};
  #stopping: Promise<void> | null = null;
  #held = false;
  /** Counts decisions about the next run; one that waited acts only when none was made after it. */
  #decision = 0;
  #runningSince = Infinity;
  #attempt = 0;

  constructor(spec: ServiceSpec, parts: SupervisionParts) {
    this.#spec = spec;
    this.#parts = parts;
    this.#intensity = new RestartIntensity(parts.intensity);
    this.#state = { id: spec.id, title: spec.title, restarts: 0, lastError: null, state: 'stopped' };
  }

  get state(): ServiceState {
    return this.#state;
  }

  /** The first start. */
  start(): void {
    this.#begin(this.#decide());
  }

  /**
   * Stops the present run, if any, and starts another with a fresh intensity and back-off. Resolves when the new run
   * has begun, or when a later decision took its place.
   */
  async restart(): Promise<void> {
    const decision = this.#decide();
    this.#intensity.reset();
    this.#recovered();
    if (!this.#drain()) return;
    this.#enter({ state: 'starting' });
    await this.#drained;
    this.#beginAgain(decision);
  }

  /** From now on nothing starts and failures are ignored; what runs goes on until `stop`. */
  hold(): void {
    this.#held = true;
    this.#decide();
  }

  /** Stops for good. Every call returns the same promise, which rejects when the present run does not stop cleanly. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.hold();
    const run = this.#run;
    const stopped = run === null ? this.#drained : this.#stopRun(run);
    this.#enter({ state: 'stopped' });
    await stopped;
  }

  #decide(): number {
    this.#cancelTimer();
    this.#decision += 1;
    return this.#decision;
  }

  #beginAgain(decision: number): void {
    if (decision !== this.#decision) return;
    this.#state = { ...this.#state, restarts: this.#state.restarts + 1 };
    this.#begin(decision);
  }

  #begin(decision: number): void {
    this.#enter({ state: 'starting' });
    if (decision !== this.#decision) return;
    this.#runningSince = Infinity;
    this.#run = new Incarnation(this.#spec, this.#parts.log, {
      started: () => {
        this.#runningSince = this.#parts.clock.monotonic();
        this.#enter({ state: 'running', since: this.#parts.clock.now() });
      },
      failed: (error) => {
        this.#failed(error);
      },
      finished: () => {
        this.#finished();
      },
    });
    this.#run.begin();
  }

  #failed(error: unknown): void {
    if (this.#held) return;
    const { clock, log } = this.#parts;
    log.warn('service failed', { error });
    this.#state = { ...this.#state, lastError: { message: errorMessage(error), at: clock.now() } };
    if (!this.#drain()) return;
    if (this.#spec.restart === 'temporary') this.#giveUp();
    else this.#backOff();
  }

  #finished(): void {
    if (this.#held) return;
    if (!this.#drain()) return;
    if ((this.#spec.restart ?? 'permanent') === 'permanent') this.#backOff();
    else this.#enter({ state: 'stopped' });
  }

  #backOff(): void {
    const { clock, backoff, intensity } = this.#parts;
    if (clock.monotonic() - this.#runningSince >= intensity.withinMs) this.#recovered();
    const wait = backoff.next();
    if (!this.#intensity.allows(clock.monotonic() + wait)) {
      this.#giveUp();
      return;
    }
    this.#attempt += 1;
    const decision = this.#decide();
    this.#cancelTimer = clock.after(wait, () => {
      void this.#drained.then(() => {
        if (decision === this.#decision) this.#intensity.record(clock.monotonic());
        this.#beginAgain(decision);
      });
    });
    this.#enter({ state: 'backing_off', until: clock.now() + wait, attempt: this.#attempt });
  }

  #giveUp(): void {
    this.#parts.log.error('service marked failed', { restarts: this.#state.restarts });
    this.#enter({ state: 'failed', since: this.#parts.clock.now() });
  }

  #recovered(): void {
    this.#attempt = 0;
    this.#parts.backoff.reset();
  }

  /**
   * Begins to stop the present run; `#drained` resolves when it has stopped, or was given up. False when the handle, on
   * being stopped, has made another decision about this service.
   */
  #drain(): boolean {
    const decision = this.#decision;
    const run = this.#run;
    this.#run = null;
    if (run !== null) {
      this.#drained = this.#stopRun(run).catch((error: unknown) => {
        this.#parts.log.error('service did not stop cleanly', { error });
      });
    }
    return decision === this.#decision;
  }

  #stopRun(run: Incarnation): Promise<void> {
    const { clock, stopWithinMs } = this.#parts;
    const message = `service "${this.#spec.id}" did not stop within ${stopWithinMs} ms`;
    return within(clock, stopWithinMs, run.stop(), message);
  }

  #enter(phase: ServicePhase): void {
    if (phase.state === 'starting' && this.#state.state === 'starting') return;
    const { id, title, restarts, lastError } = this.#state;
    this.#state = { ...phase, id, title, restarts, lastError };
    this.#parts.onChange(this.#state);
  }
}
