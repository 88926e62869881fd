import {
  ALL_TYPES,
  ANALYTICS_KEPT_MS,
  ANALYTICS_TYPES_KEPT_MS,
  ROLLUP_LEVELS,
  type AnalyticsCheckpoint,
  type AnalyticsState,
  type RollupLevelName,
  type RollupRecord,
} from '../../../../src-contract/analytics-store.ts';

/** What checkpoints come to when they are merged as the contract says, row by row. */
export class AnalyticsStoreModel {
  batch = 0;
  /** By level, then by bucket and type. */
  readonly levels = new Map<number, Map<string, RollupRecord>>();
  readonly types: { type: number; name: string }[] = [];
  readonly #users = new Map<number, Uint8Array>();
  readonly #recent = new Map<number, Uint8Array>();
  #everUsers: Uint8Array | null = null;
  #frequent: Uint8Array | null = null;

  /** Merges a checkpoint; null changes nothing. */
  write(checkpoint: AnalyticsCheckpoint | null): void {
    if (checkpoint === null) return;
    this.batch = checkpoint.batch;
    for (let index = 0; index < checkpoint.rollups.count; index += 1) this.#merge(checkpoint, index);
    this.types.push(...checkpoint.types);
    for (const { hour, registers } of checkpoint.users) this.#users.set(hour, registers);
    for (const { minute, state } of checkpoint.recent) this.#recent.set(minute, state);
    for (const minute of this.#recent.keys()) if (minute < checkpoint.recentFrom) this.#recent.delete(minute);
    this.#everUsers = checkpoint.everUsers ?? this.#everUsers;
    this.#frequent = checkpoint.frequent ?? this.#frequent;
  }

  /** The buckets of a level, by start and type; sums carried, so that equal ones look equal. */
  rows(level: RollupLevelName): RollupRecord[] {
    return [...(this.levels.get(ROLLUP_LEVELS[level])?.values() ?? [])]
      .map(carried)
      .sort((a, b) => a.start - b.start || a.type - b.type);
  }

  /** What a projection starts from. */
  state(now: number): AnalyticsState {
    const since = (level: RollupLevelName, ms: number = ANALYTICS_KEPT_MS[level]) =>
      this.rows(level).filter(({ start }) => start >= now - ms);
    const overall = (level: RollupLevelName) => addedUp(since(level), ({ start }) => start);
    return {
      batch: this.batch,
      types: [...this.types],
      frequent: this.#frequent,
      everUsers: this.#everUsers,
      first: this.rows('1h')[0]?.start ?? null,
      ever: addedUp(this.rows('1d'), ({ type }) => type),
      overall: { '1s': since('1s'), '15m': overall('15m'), '1h': overall('1h'), '1d': overall('1d') },
      minutes: since('1m'),
      hours: since('1h', ANALYTICS_TYPES_KEPT_MS),
      users: [...this.#users]
        .filter(([hour]) => hour >= now - ANALYTICS_TYPES_KEPT_MS)
        .map(([hour, registers]) => ({ hour, registers })),
      recent: [...this.#recent].map(([minute, state]) => ({ minute, state })),
    };
  }

  #merge({ rollups }: AnalyticsCheckpoint, index: number): void {
    const of = (column: Record<number, number | undefined>) => column[index] ?? Number.NaN;
    const level = of(rollups.level);
    const rows = this.levels.get(level) ?? new Map<string, RollupRecord>();
    this.levels.set(level, rows);
    const record = {
      start: of(rollups.start),
      type: of(rollups.type),
      events: of(rollups.events),
      valued: of(rollups.valued),
      units: of(rollups.units),
      micros: of(rollups.micros),
      min: of(rollups.min),
      max: of(rollups.max),
    };
    const key = `${record.start} ${record.type}`;
    const known = rows.get(key);
    rows.set(key, known === undefined ? record : added(known, record));
  }
}

function addedUp(rows: readonly RollupRecord[], by: (row: RollupRecord) => number): RollupRecord[] {
  const sums = new Map<number, RollupRecord>();
  for (const row of rows) {
    const known = sums.get(by(row));
    sums.set(by(row), known === undefined ? row : added(known, row));
  }
  const isOfTypes = (row: RollupRecord) => by(row) === row.type;
  return [...sums.values()].map((row) => (isOfTypes(row) ? row : { ...row, type: ALL_TYPES }));
}

function added(a: RollupRecord, b: RollupRecord): RollupRecord {
  const valued = [a, b].filter((row) => row.valued > 0);
  return {
    ...a,
    events: a.events + b.events,
    valued: a.valued + b.valued,
    units: a.units + b.units,
    micros: a.micros + b.micros,
    min: valued.length === 0 ? 0 : Math.min(...valued.map((row) => row.min)),
    max: valued.length === 0 ? 0 : Math.max(...valued.map((row) => row.max)),
  };
}

function carried(row: RollupRecord): RollupRecord {
  const sum = BigInt(row.units) * 1_000_000n + BigInt(row.micros);
  return { ...row, units: Number(sum / 1_000_000n), micros: Number(sum % 1_000_000n) };
}
