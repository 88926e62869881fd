import { describe, expect, it } from 'vitest';
import type { TransportState } from '../../src-contract/transport.ts';
import { WebSocketTransport, type Socket } from './web-socket-transport.ts';

interface FakeSocket extends Socket {
  sent: string[];
  closed: boolean;
  readyState: number;
}

function setUp() {
  const sockets: FakeSocket[] = [];
  const timers = new Set<{ at: number; fn: () => void }>();
  const wakeListeners = new Set<() => void>();
  const world = { now: 0, states: [] as TransportState[], messages: [] as string[] };
  const transport = new WebSocketTransport({
    connect() {
      const socket: FakeSocket = {
        sent: [],
        closed: false,
        readyState: 1,
        send: (text) => socket.sent.push(text),
        close: () => (socket.closed = true),
        onopen: null,
        onclose: null,
        onmessage: null,
      };
      sockets.push(socket);
      return socket;
    },
    after(ms, fn) {
      const timer = { at: world.now + ms, fn };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    now: () => world.now,
    random: () => 1,
    onWake(listener) {
      wakeListeners.add(listener);
      return () => wakeListeners.delete(listener);
    },
  });
  transport.onState((state) => world.states.push(state));
  transport.onMessage((text) => world.messages.push(text));
  const advance = (ms: number): void => {
    world.now += ms;
    for (const timer of [...timers].filter(({ at }) => at <= world.now)) {
      timers.delete(timer);
      timer.fn();
    }
  };
  const wake = (): void => wakeListeners.forEach((listener) => listener());
  const latest = (): FakeSocket => sockets[sockets.length - 1]!;
  return { transport, sockets, timers, wakeListeners, world, advance, wake, latest };
}

describe('WebSocketTransport', () => {
  it('sends nothing into a connection that is being closed', () => {
    const { transport, latest } = setUp();
    latest().onopen?.();
    latest().readyState = 2;
    transport.send('too late');
    expect(latest().sent).toEqual([]);
  });

  it('delivers messages both ways once it is open', () => {
    const { transport, latest, world } = setUp();
    transport.send('too early');
    latest().onopen?.();
    transport.send('hello');
    latest().onmessage?.({ data: 'answer' });
    expect(latest().sent).toEqual(['hello']);
    expect(world.messages).toEqual(['answer']);
    expect(world.states.at(-1)).toEqual({ state: 'open' });
  });

  it('says since when it is broken and when it will try again, and keeps the first time over further failures', () => {
    const { latest, world, advance } = setUp();
    latest().onopen?.();
    world.now = 1000;
    latest().onclose?.();
    expect(world.states.at(-1)).toMatchObject({ state: 'connecting', since: 1000, retryAt: 1250 });
    advance(250);
    latest().onclose?.();
    expect(world.states.at(-1)).toMatchObject({ since: 1000, retryAt: 1750 });
  });

  it('tries for ever and never waits longer than three seconds', () => {
    const { latest, world, advance, sockets } = setUp();
    for (let attempt = 0; attempt < 40; attempt += 1) {
      latest().onclose?.();
      const state = world.states.at(-1);
      expect(state?.state === 'connecting' && (state.retryAt ?? 0) - world.now).toBeLessThanOrEqual(3000);
      advance(3000);
    }
    expect(sockets).toHaveLength(41);
  });

  it('starts again from the shortest wait after it was open', () => {
    const { latest, world, advance } = setUp();
    for (let attempt = 0; attempt < 6; attempt += 1) {
      latest().onclose?.();
      advance(3000);
    }
    latest().onopen?.();
    latest().onclose?.();
    expect(world.states.at(-1)).toMatchObject({ retryAt: world.now + 250 });
  });

  it('gives up an attempt that does not open within five seconds', () => {
    const { latest, world, advance } = setUp();
    const first = latest();
    advance(5000);
    expect(first.closed).toBe(true);
    expect(world.states.at(-1)).toMatchObject({
      state: 'connecting',
      reason: expect.stringContaining('5 s'),
    });
  });

  it('tries at once when the machine wakes while it waits', () => {
    const { latest, wake, sockets } = setUp();
    latest().onclose?.();
    wake();
    expect(sockets).toHaveLength(2);
  });

  it('replaces a silent open socket when the machine wakes, but not a talking one', () => {
    const { latest, wake, sockets, world } = setUp();
    latest().onopen?.();
    world.now = 5000;
    wake();
    expect(sockets).toHaveLength(1);
    world.now = 60_000;
    wake();
    expect(sockets).toHaveLength(2);
    expect(world.states.at(-1)).toMatchObject({ state: 'connecting', since: 0 });
  });

  it('leaves no socket, timer or listener behind when closed', () => {
    const { transport, latest, timers, wakeListeners } = setUp();
    transport.close();
    expect(latest().closed).toBe(true);
    expect(timers.size).toBe(0);
    expect(wakeListeners.size).toBe(0);
  });
});
