import { ROLLUP_MS, type AnalyticsState, type UserSketch } from '../../../src-contract/analytics-store.ts';
import {
  addPlace,
  distinctCount,
  emptySketch,
  mergeSketch,
  sketchPlace,
  type SketchRegisters,
} from '../../lib/distinct-count.ts';

const MINUTE = ROLLUP_MS['1m'];
const HOUR = ROLLUP_MS['1h'];

/** Minutes and hours of which sketches are kept: those that windows of an hour and of a day can reach. */
const MINUTES_KEPT_MS = HOUR;
const HOURS_KEPT_MS = 24 * HOUR;
/** Users of events that are further ahead than this count for all time only. */
const AHEAD_MS = 6 * MINUTE;

/**
 * Sketches of the users of minutes, of hours and of all time, 4 KiB each: at most 68 minutes and 26 hours, 400 KiB. The user of
 * an event whose minute has left memory counts for its hour, and one whose hour has left it for all time.
 */
export class UserSketches {
  readonly #minutes = new Map<number, SketchRegisters>();
  readonly #hours = new Map<number, SketchRegisters>();
  readonly #ever: SketchRegisters;
  readonly #dirtyMinutes = new Set<number>();
  readonly #dirtyHours = new Set<number>();
  #everChanged = false;
  /** The minute that time has come to. */
  #now = -Infinity;
  #minutesFrom = -Infinity;
  #hoursFrom = -Infinity;
  /** The span of the sketch that took the last user, and that sketch. */
  #from = Infinity;
  #to = -Infinity;
  #current: SketchRegisters;

  constructor({ users, everUsers }: Pick<AnalyticsState, 'users' | 'everUsers'>, now: number) {
    for (const { hour, registers } of users) this.#hours.set(hour, Uint8Array.from(registers));
    this.#ever = everUsers === null ? emptySketch() : Uint8Array.from(everUsers);
    this.#current = this.#ever;
    this.moveTo(now);
  }

  /** Counts the user of an event. */
  add(at: number, user: string): void {
    this.addPlace(at, sketchPlace(user));
  }

  /** Counts a user whose place was computed elsewhere. */
  addPlace(at: number, place: number): void {
    if (at < this.#from || at >= this.#to) this.#choose(at);
    addPlace(this.#current, place);
  }

  /** Puts a stored minute back. */
  loadMinute(minute: number, registers: SketchRegisters): void {
    this.#minutes.set(minute, registers);
  }

  /** Where the first minute that is kept begins, UTC milliseconds. */
  get minutesFrom(): number {
    return this.#minutesFrom;
  }

  /** The sketch of a minute; null for one without users. */
  minute(minute: number): SketchRegisters | null {
    return this.#minutes.get(minute) ?? null;
  }

  /** How many users there were since a time, estimated, by whole minutes or hours. */
  distinct(level: '1m' | '1h', from: number, now: number): number {
    this.#fold();
    const union = emptySketch();
    for (const [start, registers] of level === '1m' ? this.#minutes : this.#hours) {
      if (start > from - ROLLUP_MS[level] && start <= now) mergeSketch(union, registers);
    }
    return distinctCount(union);
  }

  /** How many users there ever were, estimated. */
  distinctEver(): number {
    this.#fold();
    return distinctCount(this.#ever);
  }

  /** Lets minutes and hours that are too old leave memory; a clock that went back changes nothing. */
  moveTo(now: number): void {
    const minute = Math.floor(now / MINUTE) * MINUTE;
    if (minute <= this.#now) return;
    this.#fold();
    this.#now = minute;
    this.#minutesFrom = minute - MINUTES_KEPT_MS;
    this.#hoursFrom = Math.floor(now / HOUR) * HOUR - HOURS_KEPT_MS;
    for (const kept of this.#minutes.keys()) if (kept < this.#minutesFrom) this.#minutes.delete(kept);
    for (const hour of this.#hours.keys()) {
      if (hour < this.#hoursFrom && !this.#dirtyHours.has(hour)) this.#hours.delete(hour);
    }
  }

  /** What changed since the call before, as a checkpoint holds it. */
  take(): { users: UserSketch[]; everUsers: Uint8Array | null } {
    this.#fold();
    const users = [...this.#dirtyHours].flatMap((hour) => {
      const registers = this.#hours.get(hour);
      return registers === undefined ? [] : [{ hour, registers: Uint8Array.from(registers) }];
    });
    const everUsers = this.#everChanged ? Uint8Array.from(this.#ever) : null;
    this.#dirtyHours.clear();
    this.#everChanged = false;
    return { users, everUsers };
  }

  #choose(at: number): void {
    const minute = Math.floor(at / MINUTE) * MINUTE;
    this.#from = minute;
    this.#to = minute + MINUTE;
    this.#everChanged = true;
    if (minute > this.#now + AHEAD_MS) {
      this.#current = this.#ever;
      return;
    }
    if (minute >= this.#minutesFrom) {
      this.#current = sketchAt(this.#minutes, minute);
      this.#dirtyMinutes.add(minute);
      return;
    }
    const hour = Math.floor(at / HOUR) * HOUR;
    if (hour < this.#hoursFrom) {
      this.#current = this.#ever;
      return;
    }
    this.#current = sketchAt(this.#hours, hour);
    this.#dirtyHours.add(hour);
  }

  /** Adds what came into minutes to their hours, and into hours to all time. */
  #fold(): void {
    for (const minute of this.#dirtyMinutes) {
      const registers = this.#minutes.get(minute);
      const hour = Math.floor(minute / HOUR) * HOUR;
      if (registers === undefined) continue;
      mergeSketch(this.#ever, registers);
      if (hour < this.#hoursFrom) continue;
      mergeSketch(sketchAt(this.#hours, hour), registers);
      this.#dirtyHours.add(hour);
    }
    for (const hour of this.#dirtyHours) {
      const registers = this.#hours.get(hour);
      if (registers !== undefined) mergeSketch(this.#ever, registers);
    }
    this.#dirtyMinutes.clear();
    // The next user chooses anew, and so marks its sketch as changed again.
    this.#from = Infinity;
    this.#to = -Infinity;
  }
}

function sketchAt(sketches: Map<number, SketchRegisters>, start: number): SketchRegisters {
  const known = sketches.get(start);
  if (known !== undefined) return known;
  const registers = emptySketch();
  sketches.set(start, registers);
  return registers;
}
