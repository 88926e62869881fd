import type { DesktopBridge, Transport } from '../../../src-contract/transport.ts';
import type { DoublePage } from './double-page.ts';

/** What the preload script exposed to a page of the double. */
export function pageBridge(page: DoublePage | null): DesktopBridge {
  const bridge = page?.world['pulse'];
  if (!isBridge(bridge)) throw new Error('the page has no window.pulse');
  return bridge;
}

/** The bridge of a page as a pipe, such as the page's own client makes of it. */
export function pageTransport(page: DoublePage | null): Transport {
  const bridge = pageBridge(page);
  return {
    send: (text) => bridge.send(text),
    onMessage: (listener) => bridge.onMessage(listener),
    onState(listener) {
      listener({ state: 'open' });
      return () => undefined;
    },
    close: () => undefined,
  };
}

function isBridge(value: unknown): value is DesktopBridge {
  return typeof value === 'object' && value !== null && 'send' in value && 'onMessage' in value;
}
