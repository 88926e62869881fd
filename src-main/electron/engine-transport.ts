import type { Transport } from '../../src-contract/transport.ts';
import type { ClientConnection, ClientIdentity, EngineHost } from '../engine/engine-port.ts';

/** A pipe to the engine for the host itself, by direct call; connected when somebody listens, so that no hello is lost. */
export function engineTransport(engine: Pick<EngineHost, 'connect'>, identity: ClientIdentity): Transport {
  const listeners = new Set<(text: string) => void>();
  let connection: ClientConnection | null = null;
  const deliver = (text: string): void => {
    for (const listener of listeners) listener(text);
  };
  return {
    send: (text) => connection?.send(text),
    onMessage(listener) {
      listeners.add(listener);
      connection ??= engine.connect(identity, deliver);
      return () => listeners.delete(listener);
    },
    onState(listener) {
      listener({ state: 'open' });
      return () => undefined;
    },
    close() {
      listeners.clear();
      connection?.close();
      connection = null;
    },
  };
}
