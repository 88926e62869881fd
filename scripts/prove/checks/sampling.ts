import { setTimeout as sleep } from 'node:timers/promises';

/** Samples that are being taken. */
export interface Sampling<T> {
  /** Ends it; answers every sample, and rejects with what kept one from being taken. */
  stop(): Promise<T[]>;
}

/** Takes one sample after the other, with a short pause between them, until it is stopped. */
export function sampling<T>(signal: AbortSignal, sample: () => Promise<T>, everyMs = 20): Sampling<T> {
  const samples: T[] = [];
  let isStopped = false;
  const taking = take();
  // Heard when it is stopped; until then a failure must not end the process.
  taking.catch(() => undefined);

  async function take(): Promise<void> {
    while (!isStopped) {
      samples.push(await sample());
      await sleep(everyMs, undefined, { signal });
    }
  }

  return {
    async stop() {
      isStopped = true;
      await taking;
      return samples;
    },
  };
}
