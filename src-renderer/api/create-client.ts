import type { ContractClient } from '../../src-contract/client.ts';
import { feedKey } from '../../src-contract/feed-keys.ts';
import type { Transport } from '../../src-contract/transport.ts';
import { WireClient } from '../../src-contract/wire-client.ts';
import { afterDrawing } from './after-drawing.ts';
import { desktopTransport } from './desktop-transport.ts';
import { onWake } from './on-wake.ts';
import { pageVisibility } from './page-visibility.ts';
import { WebSocketTransport, type Socket } from './web-socket-transport.ts';

const after = (ms: number, fn: () => void): (() => void) => {
  const timer = setTimeout(fn, ms);
  return () => clearTimeout(timer);
};

function browserTransport(): Transport {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const url = `${scheme}//${location.host}/ws`;
  return new WebSocketTransport({
    connect: () => new WebSocket(url) as Socket,
    after,
    now: () => Date.now(),
    random: () => Math.random(),
    onWake,
  });
}

/** The page's client: over the desktop bridge where there is one, else over the WebSocket of the page's own host. */
export function createClient(): ContractClient {
  return new WireClient({
    transport: window.pulse === undefined ? browserTransport() : desktopTransport(window.pulse),
    after,
    now: () => Date.now(),
    keyOf: feedKey,
    whenDrawn: afterDrawing,
    visibility: pageVisibility,
  });
}
