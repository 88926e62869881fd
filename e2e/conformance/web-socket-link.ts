import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startHost } from '../fixtures/host-process.ts';
import type { Link } from './link.ts';

/** The built headless host as a process, spoken to over its WebSocket. */
export async function webSocketLink(dataFolder: string, natsUrl: string): Promise<Link> {
  const options = ['--data', dataFolder, '--port', '0', '--nats', natsUrl, '--demo', '--seed', '7'];
  const host = await startHost(options, dataFolder);
  const socket = new WebSocket(`${host.url.replace('http', 'ws')}/ws`);
  const early: string[] = [];
  const listeners = new Set<(text: string) => void>();
  socket.on('message', (data: Buffer) => {
    if (listeners.size === 0) early.push(data.toString());
    for (const listener of listeners) listener(data.toString());
  });
  await once(socket, 'open');
  return {
    transport: {
      send: (text) => socket.send(text),
      onMessage(listener) {
        listeners.add(listener);
        for (const text of early.splice(0)) listener(text);
        return () => listeners.delete(listener);
      },
      onState(listener) {
        listener({ state: 'open' });
        return () => undefined;
      },
      close: () => socket.close(),
    },
    async stop() {
      socket.terminate();
      await host.stop('SIGTERM');
    },
  };
}
