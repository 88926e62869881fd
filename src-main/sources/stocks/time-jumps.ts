import type { Clock } from '../../lib/clock.ts';

const LOOK_EVERY_MS = 1000;
const TOLERATED_MS = 2000;

/**
 * Calls back when the wall clock and the monotonic one have parted by more than two seconds since the last look: the system
 * was suspended, or its time was set. Returns what stops that.
 */
export function watchTimeJumps(clock: Clock, onJump: () => void): () => void {
  let apart = clock.now() - clock.monotonic();
  return clock.every(LOOK_EVERY_MS, () => {
    const before = apart;
    apart = clock.now() - clock.monotonic();
    if (Math.abs(apart - before) > TOLERATED_MS) onJump();
  });
}
