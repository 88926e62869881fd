import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import type { ContextBridge, IpcRenderer } from 'electron';
import { overBridge } from './over-bridge.ts';
import { strict } from './strict.ts';

/** What a page does to the outside. */
export interface PageOutside {
  /** Takes a message of the page's main frame to the main process. */
  send(channel: string, args: unknown[]): void;
}

type Receiver = (event: object, ...args: unknown[]) => void;

/** One load of a page: its preload script has run in a sandbox, and what it exposed stands in `world`. */
export class DoublePage {
  /** What the page's own scripts see on `window`, copied as the bridge copies. */
  readonly world: Record<string, unknown> = {};
  /** What `performance.timeOrigin` says; differs from load to load. */
  readonly timeOrigin: number;
  readonly #receivers = new Map<string, Receiver[]>();
  #alive = true;

  /** @param preload path of the built preload script */
  constructor(preload: string, timeOrigin: number, outside: PageOutside) {
    this.timeOrigin = timeOrigin;
    const exports = {
      contextBridge: strict<ContextBridge>('contextBridge', {
        exposeInMainWorld: (key: string, api: unknown) => this.#expose(key, api),
      }),
      ipcRenderer: strict<IpcRenderer>('ipcRenderer', {
        send: (channel: string, ...args: unknown[]) => {
          if (this.#alive) outside.send(channel, structuredClone(args));
        },
        on: (channel: string, receiver: Receiver) => this.#of(channel).push(receiver),
        removeListener: (channel: string, receiver: Receiver) => {
          this.#receivers.set(
            channel,
            this.#of(channel).filter((known) => known !== receiver),
          );
          return exports.ipcRenderer;
        },
      }),
    };
    runSandboxed(preload, timeOrigin, exports);
  }

  /** Whether the page is still the one its window shows. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Hands the page a message of the main process. */
  receive(channel: string, args: unknown[]): void {
    if (!this.#alive) return;
    for (const receiver of [...this.#of(channel)]) receiver({}, ...args);
  }

  /** Ends the page: nothing reaches it any more, and it reaches nothing. */
  unload(): void {
    this.#alive = false;
  }

  #of(channel: string): Receiver[] {
    const receivers = this.#receivers.get(channel) ?? [];
    this.#receivers.set(channel, receivers);
    return receivers;
  }

  #expose(key: string, api: unknown): void {
    if (key in this.world) throw new Error(`window.${key} was exposed twice`);
    this.world[key] = overBridge(api, `window.${key}`);
  }
}

/** Runs the preload script with no more around it than a sandboxed page gives it. */
function runSandboxed(preload: string, timeOrigin: number, electron: object): void {
  const module = { exports: {} };
  const surroundings = createContext({
    module,
    exports: module.exports,
    require: (name: string) => {
      if (name === 'electron') return electron;
      throw new Error(`a sandboxed preload script cannot require "${name}"`);
    },
    process: { platform: process.platform },
    performance: { timeOrigin },
    console,
  });
  new Script(readFileSync(preload, 'utf8'), { filename: preload }).runInContext(surroundings);
}
