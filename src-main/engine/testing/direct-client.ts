import type { ContractClient } from '../../../src-contract/client.ts';
import { feedKey } from '../../../src-contract/feed-keys.ts';
import { WireClient } from '../../../src-contract/wire-client.ts';
import type { Clock } from '../../lib/clock.ts';
import type { EngineHost } from '../engine-port.ts';

/** A client that talks to an engine by direct call, for tests, benchmarks and proofs; resolves when it was greeted. */
export async function directClient(
  engine: Pick<EngineHost, 'connect'>,
  clock: Clock,
): Promise<ContractClient> {
  let receive: (text: string) => void = () => undefined;
  let connection: ReturnType<EngineHost['connect']> | null = null;
  const client = new WireClient({
    transport: {
      send: (text) => connection?.send(text),
      onMessage: (listener) => {
        receive = listener;
        return () => {
          receive = () => undefined;
        };
      },
      onState: (listener) => {
        listener({ state: 'open' });
        return () => undefined;
      },
      close: () => connection?.close(),
    },
    after: (ms, fn) => clock.after(ms, fn),
    now: () => clock.now(),
    keyOf: feedKey,
  });
  connection = engine.connect({ kind: 'http', title: 'direct call' }, (text) => receive(text));
  await greeted(client);
  return client;
}

function greeted(client: ContractClient): Promise<void> {
  if (client.link.state === 'live') return Promise.resolve();
  return new Promise((resolve) => {
    const stop = client.onLink(({ state }) => {
      if (state !== 'live') return;
      stop();
      resolve();
    });
  });
}
