import type { PriceSharing } from './price-sharing.ts';

/** Sharing of an instance that polls for itself: `alone` when it does not want to share, `off` when it cannot, and why. */
export function notSharing(role: 'alone' | 'off', detail: string): PriceSharing {
  return {
    sharing: () => ({ role, leader: null, instances: 1, detail }),
    mayPoll: () => true,
    othersWatched: () => [],
    publish: () => undefined,
    watchedChanged: () => undefined,
    readinessChanged: () => undefined,
    onChange: () => () => undefined,
    stop: () => Promise.resolve(),
  };
}
