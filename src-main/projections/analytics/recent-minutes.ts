import { ROLLUP_MS, type RecentMinute, type RollupRecord } from '../../../src-contract/analytics-store.ts';
import type { LiveCells } from './live-cells.ts';
import { decodeMinute, encodeMinute, minuteOf } from './recent-minute.ts';
import type { UserSketches } from './user-sketches.ts';

/** Minutes that changed since the last checkpoint: what of them no rollup holds is written with the next one. */
export class RecentMinutes {
  readonly #cells: LiveCells;
  readonly #users: UserSketches;
  readonly #touched = new Set<number>();

  constructor(cells: LiveCells, users: UserSketches) {
    this.#cells = cells;
    this.#users = users;
  }

  /** Puts stored minutes back. */
  load(minutes: readonly RecentMinute[]): void {
    for (const { minute, state } of minutes) {
      const { slots, users } = decodeMinute(state);
      for (const slot of slots) this.#cells.loadSlot(slot);
      if (users !== null) this.#users.loadMinute(minute, users);
    }
  }

  /** An event of this time was counted, UTC milliseconds. */
  touch(at: number): void {
    const minute = minuteOf(at);
    if (minute >= this.#users.minutesFrom) this.#touched.add(minute);
  }

  /** The minutes that changed since the call before, whole; those that left memory meanwhile are left out. */
  take(): RecentMinute[] {
    const minutes = [...this.#touched].filter((minute) => minute >= this.#users.minutesFrom);
    this.#touched.clear();
    return minutes.map((minute) => ({
      minute,
      state: encodeMinute({ slots: this.#slots(minute), users: this.#users.minute(minute) }),
    }));
  }

  #slots(minute: number): RollupRecord[] {
    const table = this.#cells.table('slots');
    const slots: RollupRecord[] = [];
    for (let row = 0; row < table.size; row += 1) {
      const start = table.cells.start[row] as number;
      if (start < minute || start >= minute + ROLLUP_MS['1m']) continue;
      slots.push({ start, type: table.cells.type[row] as number, ...table.figures(row) });
    }
    return slots;
  }
}
