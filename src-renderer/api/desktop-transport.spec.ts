import { describe, expect, it } from 'vitest';
import type { TransportState } from '../../src-contract/transport.ts';
import { desktopTransport } from './desktop-transport.ts';

function setUp() {
  const listeners = new Set<(text: string) => void>();
  const sent: string[] = [];
  const transport = desktopTransport({
    platform: 'linux',
    send: (text) => sent.push(text),
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return { transport, listeners, sent };
}

describe('desktopTransport', () => {
  it('is open from the start and passes messages both ways', () => {
    const { transport, listeners, sent } = setUp();
    const states: TransportState[] = [];
    const messages: string[] = [];
    transport.onState((state) => states.push(state));
    transport.onMessage((text) => messages.push(text));
    transport.send('question');
    for (const listener of listeners) listener('answer');
    expect([states, sent, messages]).toEqual([[{ state: 'open' }], ['question'], ['answer']]);
  });

  it('lets go of the bridge when closed', () => {
    const { transport, listeners } = setUp();
    transport.onMessage(() => undefined);
    transport.close();
    expect(listeners.size).toBe(0);
  });
});
