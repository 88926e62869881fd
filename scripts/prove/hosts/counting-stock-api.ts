import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that reached the API. */
export interface ApiCall {
  /** Who called: the first part of the path. */
  readonly caller: string;
  /** On the monotonic clock, in milliseconds. */
  readonly at: number;
  readonly symbols: readonly string[];
}

/** A stock API that counts who calls it: each caller is given a path of its own. */
export interface CountingStockApi {
  readonly calls: readonly ApiCall[];
  addressFor(caller: string): string;
  stop(): Promise<void>;
}

/** Starts the API on loopback; every call is answered with new prices of what it asks for. */
export async function startCountingStockApi(): Promise<CountingStockApi> {
  const calls: ApiCall[] = [];
  const server = createServer(({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const symbols = (searchParams.get('symbols') ?? '').split(',').filter((symbol) => symbol !== '');
    calls.push({ caller: pathname.split('/')[1] ?? '', at: performance.now(), symbols });
    const timestamp = new Date().toISOString();
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(symbols.map((symbol) => ({ symbol, price: 100 + calls.length / 100, timestamp }))),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    addressFor: (caller) => `http://127.0.0.1:${port}/${caller}/stock-prices`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
