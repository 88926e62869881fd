import { feedKey } from '../../src-contract/feed-keys.ts';
import type { Settings } from '../../src-contract/settings.ts';
import { WireClient } from '../../src-contract/wire-client.ts';
import type { EngineHost } from '../engine/engine-port.ts';
import type { Clock } from '../lib/clock.ts';
import { engineTransport } from '../engine/engine-transport.ts';

/** Tells `apply` the settings whenever the engine says that they are new; returns what ends it. */
export function followSettings(
  engine: Pick<EngineHost, 'connect'>,
  clock: Pick<Clock, 'after' | 'now'>,
  apply: (settings: Settings) => void,
): () => void {
  const client = new WireClient({
    transport: engineTransport(engine, { kind: 'http', title: 'Desktop app' }),
    after: (ms, fn) => clock.after(ms, fn),
    now: () => clock.now(),
    keyOf: feedKey,
  });
  client.open('settings', {}, ({ status, state }) => {
    if (status.status === 'live' && state !== null) apply(state.head);
  });
  return () => client.close();
}
