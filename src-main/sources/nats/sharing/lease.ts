import type { Clock } from '../../../lib/clock.ts';
import type { LeaseEntry, LeaseStore } from './lease-store.ts';
import type { LeaseTimes } from './lease-times.ts';
import type { PollReadiness } from './price-sharing.ts';

/** Where the lease is, as far as this instance knows. */
type LeaseState =
  | { readonly kind: 'unknown' }
  /** `since` is on the monotonic clock, as all below except `untilWall`. */
  | { readonly kind: 'free'; readonly since: number }
  | { readonly kind: 'taken'; readonly holder: string }
  | Held;

interface Held {
  readonly kind: 'held';
  readonly revision: number;
  readonly since: number;
  readonly renewAt: number;
  readonly until: number;
  /** The same end on the wall clock: the monotonic one stands still while the machine sleeps. */
  readonly untilWall: number;
  /** Whether the holder was ready at any time since it took the lease. */
  readonly wasReady: boolean;
}

/** The other instances that are there. */
export interface OtherInstances {
  readonly count: number;
  /** Whether one of them is ready to poll. */
  readonly ready: boolean;
}

/** What a lease works with. */
export interface LeaseOptions {
  /** Written as the holder; unlike that of every other instance and of every other start. */
  readonly holder: string;
  readonly clock: Clock;
}

/**
 * One instance's part in a lease that at most one holds at any moment. `step` is called again and again with the store as
 * long as that can be reached; `held` may be asked at any time and ends by the clock when renewing fails.
 *
 * Who is ready takes the lease as soon as it is free. A holder that stops being ready gives it up at once. While nobody is
 * ready, one after the other may hold it for a while to probe: those who are ready always come first.
 */
export class Lease {
  readonly #holder: string;
  readonly #clock: Clock;
  #state: LeaseState = { kind: 'unknown' };
  /** Others come first until then, on the monotonic clock. */
  #awayUntil = -Infinity;

  constructor({ holder, clock }: LeaseOptions) {
    this.#holder = holder;
    this.#clock = clock;
  }

  /** Whether this instance holds the lease at this moment. */
  get held(): boolean {
    const state = this.#state;
    return state.kind === 'held' && this.#isValid(state);
  }

  /** Who holds it as far as is known, in the words it was written with; null: nobody, or not known. */
  get holder(): string | null {
    if (this.held) return this.#holder;
    return this.#state.kind === 'taken' ? this.#state.holder : null;
  }

  /** Does what is due now. Rejects when the store does; a lease that is held then stays so until its time is over. */
  async step(
    store: LeaseStore,
    times: LeaseTimes,
    readiness: PollReadiness,
    others: OtherInstances,
  ): Promise<void> {
    const state = this.#state;
    if (state.kind !== 'held' || !this.#isValid(state)) {
      await this.#compete(store, times, readiness);
    } else if (this.#shouldGiveUp(state, times, readiness, others)) {
      this.#awayUntil = this.#clock.monotonic() + 2 * times.deference;
      await this.release(store);
    } else if (this.#clock.monotonic() >= state.renewAt) {
      await this.#renew(store, times, state);
    }
    if (readiness === 'ready' && this.#state.kind === 'held')
      this.#state = { ...this.#state, wasReady: true };
  }

  /** Gives the lease up: from the call on it is not held, and others may take it when the store has heard of it. */
  async release(store: LeaseStore): Promise<void> {
    const state = this.#state;
    this.forfeit();
    if (state.kind === 'held') await store.remove(state.revision);
  }

  /** The store is gone with all that was in it: nothing is held, and nothing known, from now on. */
  forfeit(): void {
    this.#state = { kind: 'unknown' };
  }

  #isValid({ until, untilWall }: Held): boolean {
    return this.#clock.monotonic() < until && this.#clock.now() < untilWall;
  }

  #shouldGiveUp(
    { wasReady, since }: Held,
    { tenure }: LeaseTimes,
    readiness: PollReadiness,
    others: OtherInstances,
  ): boolean {
    if (readiness === 'ready') return false;
    if (readiness === 'unable' || wasReady || others.ready) return true;
    return others.count > 0 && this.#clock.monotonic() - since >= tenure;
  }

  async #compete(store: LeaseStore, times: LeaseTimes, readiness: PollReadiness): Promise<void> {
    const entry = await store.read();
    if (entry !== null) return this.#found(store, times, readiness, entry);
    const since = this.#state.kind === 'free' ? this.#state.since : this.#clock.monotonic();
    this.#state = { kind: 'free', since };
    if (!this.#mayTake(readiness, since, times)) return;
    const sent = this.#sending();
    const revision = await store.create(this.#holder);
    // Somebody was faster: the next look tells who.
    if (revision === null) this.forfeit();
    else this.#hold(revision, sent, times, null);
  }

  #mayTake(readiness: PollReadiness, since: number, { deference }: LeaseTimes): boolean {
    if (readiness !== 'probing') return readiness === 'ready';
    const now = this.#clock.monotonic();
    return now - since >= deference && now >= this.#awayUntil;
  }

  /** One's own entry is found when the answer to a write was lost, or renewing failed for a while. */
  async #found(
    store: LeaseStore,
    times: LeaseTimes,
    readiness: PollReadiness,
    { value, revision }: LeaseEntry,
  ): Promise<void> {
    if (value !== this.#holder) {
      this.#state = { kind: 'taken', holder: value };
    } else if (readiness === 'unable') {
      this.forfeit();
      await store.remove(revision);
    } else {
      await this.#write(store, times, revision, null);
    }
  }

  async #renew(store: LeaseStore, times: LeaseTimes, state: Held): Promise<void> {
    if (await this.#write(store, times, state.revision, state)) return;
    // It may still be one's own, written by a renewal whose answer was lost.
    const entry = await store.read();
    if (entry?.value === this.#holder && (await this.#write(store, times, entry.revision, state))) return;
    this.#state =
      entry === null || entry.value === this.#holder
        ? { kind: 'unknown' }
        : { kind: 'taken', holder: entry.value };
  }

  async #write(
    store: LeaseStore,
    times: LeaseTimes,
    revision: number,
    before: Held | null,
  ): Promise<boolean> {
    const sent = this.#sending();
    const next = await store.update(this.#holder, revision);
    if (next === null) return false;
    this.#hold(next, sent, times, before);
    return true;
  }

  #sending(): { monotonic: number; wall: number } {
    return { monotonic: this.#clock.monotonic(), wall: this.#clock.now() };
  }

  /** Counted from when the write was sent: the store has it later and keeps it longer. */
  #hold(
    revision: number,
    sent: { monotonic: number; wall: number },
    { validity, renewal }: LeaseTimes,
    before: Held | null,
  ): void {
    this.#state = {
      kind: 'held',
      revision,
      since: before?.since ?? sent.monotonic,
      renewAt: sent.monotonic + renewal,
      until: sent.monotonic + validity,
      untilWall: sent.wall + validity,
      wasReady: before?.wasReady ?? false,
    };
  }
}
