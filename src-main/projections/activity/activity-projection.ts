import {
  OTHER_NAME,
  type ActivityCheckpoint,
  type ActivityState,
} from '../../../src-contract/activity-store.ts';
import { ROLLUP_MS } from '../../../src-contract/analytics-store.ts';
import type { ActivityBody } from '../../../src-contract/event-bodies.ts';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { ActivityUsers } from './activity-users.ts';
import { CountsByName } from './counts-by-name.ts';

/** Most types that are told apart; activity of further ones is counted under OTHER_NAME. */
export const MAX_ACTIVITY_TYPES = 200;
/** A checkpoint is due when it would hold this many counts. */
const FULL = 20_000;

/** What the projection is made of. */
export interface ActivityProjectionOptions {
  env: string;
  state: ActivityState;
}

/** Activity counted by quarter of an hour and type, and by UTC day and user: a fold over the journal in any order. */
export class ActivityProjection {
  readonly #env: string;
  readonly #types: Set<string>;
  readonly #users: ActivityUsers;
  readonly #quarters = new CountsByName(ROLLUP_MS['15m']);
  #batch: number;
  #writtenBatch: number;
  #total: number;
  #newestAt: number | null;

  constructor({ env, state }: ActivityProjectionOptions) {
    this.#env = env;
    this.#batch = state.batch;
    this.#writtenBatch = state.batch;
    this.#total = state.total;
    this.#newestAt = state.newestAt;
    this.#types = new Set(state.types.filter((type) => type !== OTHER_NAME));
    this.#users = new ActivityUsers(state.users);
  }

  /** Number of the last batch that was applied. */
  get batch(): number {
    return this.#batch;
  }

  /** Activity of the environment ever. */
  get total(): number {
    return this.#total;
  }

  /** When the newest activity occurred, UTC milliseconds; null for none. */
  get newestAt(): number | null {
    return this.#newestAt;
  }

  /** Whether a checkpoint should be taken now. */
  get full(): boolean {
    return this.#quarters.size + this.#users.pending >= FULL;
  }

  /** Applies one committed batch; one that was applied before changes nothing. */
  apply(batch: number, events: readonly JournalEvent[]): void {
    if (batch <= this.#batch) return;
    this.#batch = batch;
    for (const { kind, occurredAt, body } of events) {
      if (kind !== EVENT_KINDS['activity.recorded'] || body === null) continue;
      this.#count(occurredAt, body as ActivityBody);
    }
  }

  /** What came since the checkpoint before, to be added to what is stored; null when there is nothing to say. */
  takeCheckpoint(): ActivityCheckpoint | null {
    if (this.#batch === this.#writtenBatch) return null;
    this.#writtenBatch = this.#batch;
    return {
      env: this.#env,
      batch: this.#batch,
      quarters: this.#quarters.take().map(({ start, name, events }) => ({ start, type: name, events })),
      users: this.#users.take(),
      newestAt: this.#newestAt,
    };
  }

  #count(at: number, { user, type }: ActivityBody): void {
    this.#total += 1;
    if (this.#newestAt === null || at > this.#newestAt) this.#newestAt = at;
    this.#quarters.add(at, this.#typeOf(type));
    this.#users.add(at, user);
  }

  #typeOf(type: string): string {
    if (this.#types.has(type)) return type;
    if (this.#types.size >= MAX_ACTIVITY_TYPES) return OTHER_NAME;
    this.#types.add(type);
    return type;
  }
}
