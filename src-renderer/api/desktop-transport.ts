import type { DesktopBridge, Transport } from '../../src-contract/transport.ts';

declare global {
  interface Window {
    /** Given by the preload script; missing in a browser. */
    pulse?: DesktopBridge;
  }
}

/** The pipe of the desktop window: always open, because the host outlives the page and relays what the engine says. */
export function desktopTransport(bridge: DesktopBridge): Transport {
  const stops = new Set<() => void>();
  return {
    send: (text) => bridge.send(text),
    onMessage(listener) {
      const stop = bridge.onMessage(listener);
      stops.add(stop);
      return () => {
        stops.delete(stop);
        stop();
      };
    },
    onState(listener) {
      listener({ state: 'open' });
      return () => undefined;
    },
    close() {
      for (const stop of stops) stop();
      stops.clear();
    },
  };
}
