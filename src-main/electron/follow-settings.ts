import type { Settings } from '../../src-contract/settings.ts';
import { engineClient } from '../engine/engine-client.ts';
import type { EngineHost } from '../engine/engine-port.ts';
import type { Clock } from '../lib/clock.ts';

/** Tells `apply` the settings whenever the engine says that they are new; returns what ends it. */
export function followSettings(
  engine: Pick<EngineHost, 'connect'>,
  clock: Pick<Clock, 'after' | 'now'>,
  apply: (settings: Settings) => void,
): () => void {
  const client = engineClient(engine, { kind: 'http', title: 'Desktop app' }, clock);
  client.open('settings', {}, ({ status, state }) => {
    if (status.status === 'live' && state !== null) apply(state.head);
  });
  return () => client.close();
}
