import type { EventColumns } from './event-columns.ts';
import type { EventSums } from './event-sums.ts';

/** To a shard: columns to sum up. */
export interface ToShard {
  job: number;
  columns: EventColumns;
}

/** From a shard: their sums. */
export interface FromShard {
  job: number;
  sums: EventSums;
}
