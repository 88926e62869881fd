import type { PriceSharing } from '../../sources/nats/sharing/price-sharing.ts';
import type { EventSource, SourceStatus } from '../../sources/source.ts';
import { StatusCell } from '../../sources/status-cell.ts';
import type { Log } from '../../lib/log.ts';

/** A source that polls nothing: it tells the others what is watched here, and their prices come over NATS. */
export function followingSource(sharing: PriceSharing, now: number, log: Log): EventSource {
  const status = (): SourceStatus => ({
    state: 'live',
    since: now,
    detail: sharing.sharing().detail,
    delivery: null,
  });
  const cell = new StatusCell(status(), log);
  const stopFollowing = sharing.onChange(() => cell.set(status()));
  return {
    get status() {
      return cell.current;
    },
    onStatus: (listener) => cell.on(listener),
    stop: () => {
      stopFollowing();
      return Promise.resolve();
    },
  };
}
