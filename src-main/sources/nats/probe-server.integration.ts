import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { probeServer } from './probe-server.ts';
import { startNatsServer } from './testing/nats-server.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

/** A TCP server on loopback that does with each connection what it is told. */
async function listen(greet: (socket: Socket) => void) {
  const server = createServer(greet);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { host: '127.0.0.1', port, tls: false, credentials: null };
}

function probe(address: Parameters<typeof probeServer>[0], signal = new AbortController().signal) {
  return probeServer(address, 2000, systemClock, signal);
}

describe('probeServer', () => {
  it('finds a real nats-server', async () => {
    const server = await startNatsServer();
    const address = { host: '127.0.0.1', port: server.port, tls: false, credentials: null };
    await expect(probe(address)).resolves.toEqual({ tls: false });
    await server.stop();
    await expect(probe(address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('gives up a server that accepts and stays silent, and leaves no socket behind', async () => {
    const { promise: connected, resolve: accept } = Promise.withResolvers<Socket>();
    const address = await listen(accept);
    const clock = new VirtualClock();
    const probing = expect(probeServer(address, 2000, clock, new AbortController().signal)).rejects.toThrow(
      'no answer within 2 s',
    );
    const closed = connected.then((socket) => once(socket.resume(), 'close'));
    await connected;
    await clock.advance(2000);
    await probing;
    await closed;
    expect(clock.pending).toBe(0);
  });

  it('says what is wrong with a server of another kind', async () => {
    const address = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await expect(probe(address)).rejects.toThrow('what answers there is not a NATS server');
  });

  it('waits for the whole of a greeting that comes in pieces', async () => {
    const address = await listen((socket) => {
      socket.setNoDelay(true);
      socket.write('IN');
      setImmediate(() => socket.write('FO {"tls_required":true}\r\n'));
    });
    await expect(probe(address)).resolves.toEqual({ tls: true });
  });

  it.each(['INFO nonsense\r\n', 'INFO', 'HELLO'])('does not take %j for a greeting', async (text) => {
    const address = await listen((socket) => socket.end(text));
    await expect(probe(address)).rejects.toThrow(/not a NATS server|without a greeting/);
  });

  it('says that a server hung up without a greeting', async () => {
    const address = await listen((socket) => socket.end());
    await expect(probe(address)).rejects.toThrow('closed the connection without a greeting');
  });

  it('ends at once when it is aborted', async () => {
    const { promise: connected, resolve: accept } = Promise.withResolvers<Socket>();
    const address = await listen(accept);
    const abort = new AbortController();
    const probing = expect(probe(address, abort.signal)).rejects.toThrow('enough');
    const socket = await connected;
    const closed = once(socket.resume(), 'close');
    abort.abort(new Error('enough'));
    await probing;
    await closed;
  });
});
