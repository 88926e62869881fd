import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ENTRY = join(import.meta.dirname, '../../../out/main/serve.js');
/** Characters of the log that are kept, to explain a host that did not start. */
const KEPT = 4000;

/** How a host ended: its exit code, or null when a signal ended it. */
export interface Ending {
  readonly code: number | null;
  readonly words: string;
}

/** The built headless host as a process of its own, as `npm run serve` starts it. */
export class ServeProcess {
  /** Resolves with the address once the host says that it answers; rejects when it ends before. */
  readonly ready: Promise<string>;
  /** Resolves when the process is gone. */
  readonly ended: Promise<Ending>;
  readonly #child: ChildProcess;
  #words = '';
  #url: string | null = null;

  /**
   * Starts it on any free port, without the variables of whoever runs this, but for where Node keeps what it compiled.
   */
  constructor(folder: string, options: readonly string[]) {
    const { PATH = '', NODE_COMPILE_CACHE } = process.env;
    const args = [ENTRY, '--port', '0', '--data', folder, ...options];
    const env = { PATH, HOME: folder, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }) };
    const child = spawn(process.execPath, args, { env });
    this.#child = child;
    child.stderr.on('data', (chunk: Buffer) => (this.#words = (this.#words + chunk.toString()).slice(-KEPT)));
    this.ended = once(child, 'close').then(([code]) => ({
      code: code as number | null,
      words: this.#words,
    }));
    this.ready = Promise.race([
      once(createInterface({ input: child.stdout }), 'line').then(([line]) => this.#begin(String(line))),
      this.ended.then(({ words }) =>
        Promise.reject(new Error(`the host ended before it was ready: ${words}`)),
      ),
    ]);
    // One that is killed while it starts has nobody waiting for it.
    this.ready.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** The address; throws before the host is ready. */
  get url(): string {
    if (this.#url === null) throw new Error('the host is not ready');
    return this.#url;
  }

  /** Whether it has said that it answers. */
  get isReady(): boolean {
    return this.#url !== null;
  }

  /** Whether the process is still there. */
  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Sends a signal that ends it, and waits for the end. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Ending> {
    if (this.isAlive) this.#child.kill(signal);
    return this.ended;
  }

  #begin(line: string): string {
    const { url } = JSON.parse(line) as { url: string };
    this.#url = url;
    return url;
  }
}
