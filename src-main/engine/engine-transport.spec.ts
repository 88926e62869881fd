import { describe, expect, it } from 'vitest';
import { feedKey } from '../../src-contract/feed-keys.ts';
import { MAX_CLIENT_MESSAGE } from '../../src-contract/frames.ts';
import { WireClient } from '../../src-contract/wire-client.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import type { ClientIdentity } from './engine-port.ts';
import { engineTransport } from './engine-transport.ts';

const IDENTITY = { kind: 'http', title: 'here' } as const;

function harness() {
  const clock = new VirtualClock(0);
  const attached: ClientIdentity[] = [];
  const sent: string[] = [];
  let closed = 0;
  const transport = engineTransport(
    {
      connect(identity, deliver) {
        attached.push(identity);
        deliver('{"t":"hello","epoch":"1","version":"1","env":"dev"}');
        return { send: (text) => sent.push(text), close: () => closed++ };
      },
    },
    IDENTITY,
  );
  const client = new WireClient({
    transport,
    after: (ms, fn) => clock.after(ms, fn),
    now: () => clock.now(),
    keyOf: feedKey,
  });
  return { clock, attached, sent, client, closed: () => closed };
}

describe('the pipe to the engine within a process', () => {
  it('attaches its client at once, carries what it sends, and detaches it', () => {
    const { attached, sent, client, closed } = harness();
    expect([attached, client.link.state]).toEqual([[IDENTITY], 'live']);
    client.open('status', {}, () => undefined);
    expect(sent).toEqual(['{"t":"open","id":1,"feed":"status","params":{}}']);
    client.close();
    expect(closed()).toBeGreaterThan(0);
  });

  it('refuses a call that is too long to be sent, and keeps nothing of it', async () => {
    const { clock, sent, client } = harness();
    const call = client.call('portfolios.list', { q: 'x'.repeat(MAX_CLIENT_MESSAGE) });
    await expect(call).rejects.toMatchObject({ code: 'invalid_argument' });
    expect([sent, clock.pending]).toEqual([[], 0]);
  });
});
