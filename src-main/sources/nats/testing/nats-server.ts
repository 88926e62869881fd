import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { systemClock } from '../../../lib/clock.ts';
import { within } from '../../../lib/within.ts';

/** How a server is started. */
export interface NatsServerOptions {
  jetstream?: boolean;
  /** Lines added to the configuration file, such as an authorization block. */
  config?: string;
  /** Credentials the fixture itself needs to find out whether the server answers. */
  probe?: Parameters<typeof connect>[0];
}

/** A real nats-server on loopback, with a store of its own. */
export interface NatsServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Sends a signal and waits until it has had its effect: the process has ended, or stands still with all its threads. */
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Starts it again on the same port with the same store. */
  restart(): Promise<void>;
  /** Ends it and deletes its store. */
  stop(): Promise<void>;
}

/** A server that does not answer within this time has failed to start, in milliseconds. */
const START_MS = 10_000;

/** Starts a nats-server; resolves when it answers. Rejects, and leaves nothing behind, when it does not or is missing. */
export async function startNatsServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-nats-'));
  const port = await freePort();
  const config = join(folder, 'server.conf');
  const jetstream = options.jetstream === false ? '' : `jetstream { store_dir: "${join(folder, 'store')}" }`;
  writeFileSync(
    config,
    `listen: "127.0.0.1:${port}"\nserver_name: test\n${jetstream}\n${options.config ?? ''}\n`,
  );
  const server = new RunningServer(folder, config, port, options.probe ?? {});
  try {
    await server.restart();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

class RunningServer implements NatsServer {
  readonly url: string;
  readonly port: number;
  readonly #folder: string;
  readonly #config: string;
  readonly #probe: Parameters<typeof connect>[0];
  #process: ChildProcess | null = null;

  constructor(folder: string, config: string, port: number, probe: Parameters<typeof connect>[0]) {
    this.#folder = folder;
    this.#config = config;
    this.#probe = probe;
    this.port = port;
    this.url = `nats://127.0.0.1:${port}`;
  }

  get pid(): number {
    return this.#process?.pid ?? -1;
  }

  async restart(): Promise<void> {
    const child = spawn('nats-server', ['-c', this.#config], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = child;
    let output = '';
    child.stderr.on('data', (data: Buffer) => {
      output = (output + data.toString()).slice(-4000);
    });
    const failed = once(child, 'exit').then(() => {
      throw new Error(`nats-server ended: ${output}`);
    });
    const missing = once(child, 'error').then(([error]) => {
      throw error;
    });
    failed.catch(() => undefined);
    missing.catch(() => undefined);
    const started = Promise.race([this.#answers(), failed, missing]);
    await within(systemClock, START_MS, started, 'nats-server does not answer');
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const child = this.#process;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ends = signal === 'SIGKILL' || signal === 'SIGTERM';
    const ended = ends ? once(child, 'exit') : Promise.resolve();
    child.kill(signal);
    await ended;
    if (signal === 'SIGSTOP') while (!isStopped(child.pid)) await systemClock.sleep(1);
  }

  async stop(): Promise<void> {
    await this.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Resolves when the server lets a client in; tries again while the port is closed, but not when it refuses us. */
  async #answers(): Promise<void> {
    const child = this.#process;
    while (child !== null && child.exitCode === null && child.signalCode === null) {
      try {
        const options = {
          servers: `127.0.0.1:${this.port}`,
          reconnect: false,
          timeout: 2000,
          ...this.#probe,
        };
        return await (await connect(options)).close();
      } catch (error) {
        if (!isRefused(error)) throw error;
        await systemClock.sleep(20);
      }
    }
    throw new Error('nats-server ended');
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && error.message.includes('connection refused');
}

function isStopped(pid: number): boolean {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).every((task) => {
    const status = readFileSync(join(tasks, task, 'stat'), 'utf8');
    return status.slice(status.lastIndexOf(')') + 2).startsWith('T');
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
