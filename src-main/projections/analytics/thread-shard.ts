import { Worker } from 'node:worker_threads';
import { workerEntry } from '../../lib/worker-entry.ts';
import type { FromShard, ToShard } from './shard-messages.ts';
import type { Shard, ShardListener } from './shard-pool.ts';

/** Starts a shard in a thread of its own. It keeps no process alive. */
export function startThreadShard({ onSums, onFailure }: ShardListener): Shard {
  const worker = new Worker(workerEntry('analytics-shard'));
  worker.unref();
  let stopping = false;
  worker.on('message', ({ job, sums }: FromShard) => onSums(job, sums));
  worker.on('error', (error: Error) => onFailure(error));
  worker.on('exit', (code) => {
    if (!stopping) onFailure(new Error(`a thread that sums events up ended with ${code}`));
  });
  return {
    send: (job, columns) => worker.postMessage({ job, columns } satisfies ToShard),
    async stop() {
      stopping = true;
      await worker.terminate();
    },
  };
}
