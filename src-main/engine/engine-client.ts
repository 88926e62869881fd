import { feedKey } from '../../src-contract/feed-keys.ts';
import { WireClient } from '../../src-contract/wire-client.ts';
import type { Clock } from '../lib/clock.ts';
import type { ClientIdentity, EngineHost } from './engine-port.ts';
import { engineTransport } from './engine-transport.ts';

/** A client of the engine that lives in the host's own process; it is connected at once, and greeted soon after. */
export function engineClient(
  engine: Pick<EngineHost, 'connect'>,
  identity: ClientIdentity,
  clock: Pick<Clock, 'after' | 'now'>,
): WireClient {
  return new WireClient({
    transport: engineTransport(engine, identity),
    after: (ms, fn) => clock.after(ms, fn),
    now: () => clock.now(),
    keyOf: feedKey,
  });
}
