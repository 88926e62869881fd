import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { StopStack } from '../../../src-main/lib/disposables.ts';
import { startNatsServer, type NatsServer } from '../../../src-main/sources/nats/testing/nats-server.ts';
import { makeStream } from '../../../src-main/sources/nats/testing/publish.ts';
import { until } from '../until.ts';
import { RestClient } from './rest-client.ts';
import { ServeProcess } from './serve-process.ts';

/** What a point of proof works in: a data folder, a nats-server, hosts. All of it is gone afterwards. */
export class Lab {
  readonly folder = mkdtempSync(join(tmpdir(), 'pulsedesk-prove-'));
  readonly signal: AbortSignal;
  readonly #stops = new StopStack();

  private constructor(signal: AbortSignal) {
    this.signal = signal;
    this.#stops.defer(() => rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 }));
  }

  /** Runs `work` in a new lab and clears it away, whatever happens. */
  static async use<T>(signal: AbortSignal, work: (lab: Lab) => Promise<T>): Promise<T> {
    const lab = new Lab(signal);
    try {
      return await work(lab);
    } finally {
      await lab.#stops.stop();
    }
  }

  /** A nats-server with a stream for each of these environments. */
  async nats(...envs: string[]): Promise<NatsServer> {
    const server = await startNatsServer();
    this.#stops.add(server);
    for (const env of envs) await makeStream(server.url, env);
    return server;
  }

  /** A connection to publish on. */
  async publisher(server: NatsServer): Promise<NatsConnection> {
    const connection = await connect({ servers: server.url, noAsyncTraces: true });
    this.#stops.defer(() => connection.close());
    return connection;
  }

  /** Starts a host on the lab's data folder, without waiting for it. */
  start(...options: string[]): ServeProcess {
    const host = new ServeProcess(this.folder, options);
    this.#stops.defer(async () => {
      await host.end('SIGKILL');
    });
    return host;
  }

  /** Starts a host and waits until it answers. */
  async serve(...options: string[]): Promise<{ host: ServeProcess; rest: RestClient }> {
    const host = this.start(...options);
    await host.ready;
    return { host, rest: this.rest(host) };
  }

  rest(host: ServeProcess): RestClient {
    return new RestClient(host.url, this.signal);
  }

  /** Has something stopped when the lab is cleared away, before what was started earlier. */
  defer(stop: () => void | Promise<void>): void {
    this.#stops.defer(stop);
  }

  /** {@link until}, interrupted with the lab. */
  until<T>(what: string, withinMs: number, probe: () => Promise<T | undefined> | T | undefined): Promise<T> {
    return until(what, withinMs, this.signal, probe);
  }
}
