import type { ContractClient } from '../../../src-contract/client.ts';
import type { Clock } from '../../lib/clock.ts';
import { engineClient } from '../engine-client.ts';
import type { EngineHost } from '../engine-port.ts';

/** A client that talks to an engine by direct call, for tests, benchmarks and proofs; resolves when it was greeted. */
export async function directClient(
  engine: Pick<EngineHost, 'connect'>,
  clock: Clock,
): Promise<ContractClient> {
  const client = engineClient(engine, { kind: 'http', title: 'direct call' }, clock);
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
