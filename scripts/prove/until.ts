import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/**
 * Looks again and again until `probe` answers with something, and hands that over. Rejects when `withinMs` have passed,
 * naming `what` was waited for, or with the signal's reason. A probe that rejects has not answered.
 */
export async function until<T>(
  what: string,
  withinMs: number,
  signal: AbortSignal,
  probe: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  let last = '';
  for (;;) {
    signal.throwIfAborted();
    try {
      const answer = await probe();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = ` (${error instanceof Error ? error.message : String(error)})`;
    }
    if (performance.now() > deadline) {
      throw new Error(`${what}: not within ${(withinMs / 1000).toFixed(1)} s${last}`);
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}
