import { MAX_CLIENT_MESSAGE } from '../../src-contract/frames.ts';
import { ContractError } from '../../src-contract/result.ts';
import type { Transport } from '../../src-contract/transport.ts';
import type { ClientConnection, ClientIdentity, EngineHost } from './engine-port.ts';

/**
 * A pipe straight to the engine, for a client that lives in the host's own process. It attaches when the receiver of
 * messages is registered, and is always open: what the engine's state is comes as messages.
 */
export function engineTransport(engine: Pick<EngineHost, 'connect'>, identity: ClientIdentity): Transport {
  let connection: ClientConnection | null = null;
  return {
    send(text) {
      // The engine ends the connection of a client that sends more, and with it everybody else's calls.
      if (text.length > MAX_CLIENT_MESSAGE) {
        throw new ContractError(
          'invalid_argument',
          `arguments take more than ${MAX_CLIENT_MESSAGE} characters`,
        );
      }
      connection?.send(text);
    },
    onMessage(listener) {
      connection = engine.connect(identity, listener);
      return () => connection?.close();
    },
    onState(listener) {
      listener({ state: 'open' });
      return () => undefined;
    },
    close() {
      connection?.close();
      connection = null;
    },
  };
}
