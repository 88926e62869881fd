import { DEMO_ENVIRONMENT } from '../../src-contract/environment.ts';
import type { Stoppable } from '../lib/disposables.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';
import type { RunningSources } from './running-sources.ts';

/** Environments kept in memory for reading only, beside those that are fed; the one read longest ago goes first. */
const MAX_PASSIVE = 3;

/** What the set of environments works with. */
export interface EnvironmentsOptions {
  open: (env: string) => Promise<EnvironmentRuntime>;
  sources: RunningSources;
  /** Whether the demo feed keeps filling its environment while another one is active. */
  demoInBackground: boolean;
  /** The active environment changed: everything that is read was replaced. */
  onSwitch: (env: string) => void;
}

/** The environments in memory: the active one with its sources, `demo` if it is fed, and a few that were asked for. */
export class Environments implements Stoppable {
  readonly #options: EnvironmentsOptions;
  readonly #runtimes = new Map<string, Promise<EnvironmentRuntime>>();
  /** Those that leave the memory now, until everything of them is stored. */
  readonly #leaving = new Map<string, Promise<void>>();
  #active: EnvironmentRuntime;
  /** The environment that is about to be the active one: a reader of others must not push it out meanwhile. */
  #next: string | null = null;
  #switching: Promise<unknown> = Promise.resolve();

  private constructor(options: EnvironmentsOptions, active: EnvironmentRuntime) {
    this.#options = options;
    this.#active = active;
    this.#runtimes.set(active.env, Promise.resolve(active));
  }

  /** Opens the first active environment. */
  static async start(env: string, options: EnvironmentsOptions): Promise<Environments> {
    return new Environments(options, await options.open(env));
  }

  /** The environment that is shown and fed. */
  get active(): EnvironmentRuntime {
    return this.#active;
  }

  /** Starts the sources of the active environment, and of `demo` where it is fed in the background. */
  async startSources(): Promise<void> {
    this.#options.sources.start(this.#active);
    if (this.#options.demoInBackground && this.#active.env !== DEMO_ENVIRONMENT) {
      this.#options.sources.start(await this.#load(DEMO_ENVIRONMENT), true);
    }
  }

  /** Makes another environment the active one. Switches wait for each other. */
  activate(env: string): Promise<void> {
    const switched = this.#switching.then(() => this.#activate(env));
    this.#switching = switched.catch(() => undefined);
    return switched;
  }

  /** An environment to read from; the active one when none is named. */
  read(env: string | undefined): Promise<EnvironmentRuntime> {
    return env === undefined || env === this.#active.env ? Promise.resolve(this.#active) : this.#load(env);
  }

  /** Every environment in memory. */
  async loaded(): Promise<EnvironmentRuntime[]> {
    return Promise.all(this.#runtimes.values());
  }

  /** Stops the sources, drains, and writes the last checkpoints. */
  async stop(): Promise<void> {
    await this.#switching;
    await this.#options.sources.stop();
    for (const runtime of await this.loaded()) await runtime.stop();
    await Promise.all(this.#leaving.values());
  }

  async #activate(env: string): Promise<void> {
    const before = this.#active;
    if (env === before.env) return;
    this.#next = env;
    try {
      await this.#switch(before, await this.#load(env));
    } finally {
      this.#next = null;
    }
    await this.#evict();
  }

  async #switch(before: EnvironmentRuntime, next: EnvironmentRuntime): Promise<void> {
    const keepsFilling = before.env === DEMO_ENVIRONMENT && this.#options.demoInBackground;
    await this.#options.sources.stopOf(before.env, keepsFilling);
    before.stages.lift();
    await before.hub.drained();
    this.#active = next;
    this.#options.sources.start(next);
    this.#options.onSwitch(next.env);
  }

  #load(env: string): Promise<EnvironmentRuntime> {
    const known = this.#runtimes.get(env);
    if (known !== undefined) {
      this.#runtimes.delete(env);
      this.#runtimes.set(env, known);
      return known;
    }
    // What is stored is the whole of it only when the one before has left.
    const left = this.#leaving.get(env) ?? Promise.resolve();
    const opening = left.then(() => this.#options.open(env));
    this.#runtimes.set(env, opening);
    opening.then(
      () => this.#evict(),
      () => this.#runtimes.delete(env),
    );
    return opening;
  }

  async #evict(): Promise<void> {
    const passive = [...this.#runtimes].filter(
      ([env]) => env !== this.#active.env && env !== this.#next && !this.#options.sources.feeds(env),
    );
    const oldest = passive.slice(0, Math.max(0, passive.length - MAX_PASSIVE));
    await Promise.all(oldest.map(([env, runtime]) => this.#leave(env, runtime)));
  }

  /** From here on nobody is given this one. */
  #leave(env: string, runtime: Promise<EnvironmentRuntime>): Promise<void> {
    this.#runtimes.delete(env);
    const left = runtime
      // One that cannot be opened has nothing to store; whoever asked for it was told.
      .then(
        (opened) => opened.stop(),
        () => undefined,
      )
      .finally(() => this.#leaving.delete(env));
    this.#leaving.set(env, left);
    return left;
  }
}
