import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Stoppable } from '../../../lib/disposables.ts';

/** How one request is answered; leaving it open is a way too. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A stock API whose answers a spec decides. */
export interface ScriptedApi extends Stoppable {
  /** Address of its prices. */
  readonly url: string;
  readonly host: string;
  readonly requests: { url: string; headers: IncomingMessage['headers'] }[];
  /** Connections opened so far. */
  readonly connections: number;
  answer: Answer;
}

/** An answer with a status, headers and a whole body. */
export function sends(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (response) => response.writeHead(status, headers).end(text);
}

/** Starts a scripted API on a free port of loopback, over TLS when it is given a key and a certificate. */
export async function startScriptedApi(
  answer: Answer,
  tls?: { key: string; cert: string },
): Promise<ScriptedApi> {
  let connections = 0;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    api.requests.push({ url: request.url ?? '', headers: request.headers });
    api.answer(response, request);
  };
  const server = tls === undefined ? createHttpServer(listener) : createHttpsServer(tls, listener);
  server.keepAliveTimeout = 60_000;
  server.on(tls === undefined ? 'connection' : 'secureConnection', () => (connections += 1));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api: ScriptedApi = {
    url: `${tls === undefined ? 'http' : 'https'}://${host}/api/stock-prices`,
    host,
    requests: [],
    get connections() {
      return connections;
    },
    answer,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return api;
}
