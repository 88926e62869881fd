import { parentPort } from 'node:worker_threads';
import { sumUp } from './event-sums.ts';
import type { FromShard, ToShard } from './shard-messages.ts';

parentPort?.on('message', ({ job, columns }: ToShard) => {
  parentPort?.postMessage({ job, sums: sumUp(columns) } satisfies FromShard);
});
