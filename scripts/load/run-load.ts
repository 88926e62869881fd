import type { Clock } from '../../src-main/lib/clock.ts';
import { LoadFigures } from './load-figures.ts';
import type { LoadTarget } from './load-target.ts';

/** How a target is loaded. */
export interface LoadPlan {
  readonly closed: boolean;
  /** Events a second; null only in closed loop: as many as are answered. */
  readonly rate: number | null;
  readonly seconds: number;
  readonly batch: number;
  /** In closed loop: requests that wait for their answers at once. */
  readonly connections: number;
}

/** What a run needs. */
export interface LoadParts {
  readonly target: Pick<LoadTarget, 'send'>;
  readonly clock: Pick<Clock, 'monotonic' | 'every' | 'sleep' | 'after'>;
  /** Makes the next event. */
  next(): string;
  /** Ends the run early, with the figures so far. */
  readonly signal: AbortSignal;
}

/** Requests and characters that may be unanswered: beyond, what is due waits, and its latency counts from when it was due. */
const MAX_REQUESTS = 10_000;
const MAX_CHARACTERS = 64 * 1024 * 1024;
/** How long answers may be missing after the last request, and after an interruption. */
const PATIENCE_MS = 30_000;
const INTERRUPTED_PATIENCE_MS = 1000;

/**
 * Loads a target. In open loop requests leave when they are due, whether or not those before were answered, and a
 * latency counts from when its request was due: a target that stands still makes all that was due meanwhile late. In
 * closed loop each of the connections sends when its last request was answered, and a latency counts from sending.
 */
export async function runLoad(plan: LoadPlan, parts: LoadParts): Promise<LoadFigures> {
  const run = new LoadRun(plan, parts);
  await (plan.closed ? run.closedLoop() : run.openLoop());
  return run.finish();
}

class LoadRun {
  readonly #plan: LoadPlan;
  readonly #parts: LoadParts;
  readonly #figures = new LoadFigures();
  readonly #begun: number;
  readonly #total: number;
  #next = 0;
  #requests = 0;
  #characters = 0;
  #whenIdle: (() => void) | null = null;

  constructor(plan: LoadPlan, parts: LoadParts) {
    this.#plan = plan;
    this.#parts = parts;
    this.#begun = parts.clock.monotonic();
    this.#total = plan.rate === null ? Infinity : Math.round(plan.rate * plan.seconds);
  }

  openLoop(): Promise<unknown> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const { clock, signal } = this.#parts;
    const pump = (): void => {
      const now = clock.monotonic();
      while (this.#next < this.#total && this.#dueAt() <= now && this.#hasRoom() && !signal.aborted) {
        void this.#send(this.#dueAt());
      }
      if (this.#next < this.#total && !signal.aborted) return;
      stop();
      resolve(undefined);
    };
    const stop = clock.every(1, pump);
    return promise;
  }

  async closedLoop(): Promise<void> {
    const { clock, signal } = this.#parts;
    const ends = this.#begun + this.#plan.seconds * 1000;
    const one = async (): Promise<void> => {
      while (this.#next < this.#total && !signal.aborted) {
        const due = this.#plan.rate === null ? clock.monotonic() : this.#dueAt();
        const early = due - clock.monotonic();
        if (Math.max(due, clock.monotonic()) >= ends) return;
        const sent = this.#take();
        if (early > 0) await clock.sleep(early, signal).catch(() => undefined);
        await this.#answered(sent, clock.monotonic());
      }
    };
    await Promise.all(Array.from({ length: this.#plan.connections }, one));
  }

  /** Waits for what is not answered yet, within reason. */
  async finish(): Promise<LoadFigures> {
    const { clock, signal } = this.#parts;
    const idle = Promise.withResolvers<undefined>();
    const enough = (): void => idle.resolve(undefined);
    this.#whenIdle = enough;
    if (this.#requests === 0) enough();
    const cancels = [clock.after(PATIENCE_MS, enough)];
    const hurry = (): unknown => cancels.push(clock.after(INTERRUPTED_PATIENCE_MS, enough));
    if (signal.aborted) hurry();
    else signal.addEventListener('abort', hurry, { once: true });
    await idle.promise;
    signal.removeEventListener('abort', hurry);
    for (const cancel of cancels) cancel();
    this.#figures.elapsedMs = clock.monotonic() - this.#begun;
    this.#figures.isInterrupted = signal.aborted;
    return this.#figures;
  }

  #dueAt(): number {
    return this.#begun + (this.#next * 1000) / (this.#plan.rate ?? Infinity);
  }

  #hasRoom(): boolean {
    return this.#requests < MAX_REQUESTS && this.#characters < MAX_CHARACTERS;
  }

  /** Takes the next events; the last request may hold fewer. */
  #take(): string[] {
    const count = Math.min(this.#plan.batch, this.#total - this.#next);
    this.#next += count;
    return Array.from({ length: count }, () => this.#parts.next());
  }

  #send(due: number): Promise<void> {
    return this.#answered(this.#take(), due);
  }

  async #answered(events: readonly string[], since: number): Promise<void> {
    const { clock, target } = this.#parts;
    const characters = events.reduce((sum, event) => sum + event.length, 0);
    this.#requests += 1;
    this.#characters += characters;
    this.#figures.sentRequests += 1;
    this.#figures.sentEvents += events.length;
    const answer = await target.send(events);
    this.#figures.add(answer, clock.monotonic() - since);
    this.#requests -= 1;
    this.#characters -= characters;
    if (this.#requests === 0) this.#whenIdle?.();
  }
}
