import type { IpcMainEvent, WebContents } from 'electron';
import { DESKTOP_CHANNELS } from '../../src-contract/desktop-channels.ts';
import type { ClientConnection, EngineHost } from '../engine/engine-port.ts';
import type { Log } from '../lib/log.ts';
import type { ElectronApi } from './electron-api.ts';
import { ipcMessage, senderRefusal, type IpcMessage } from './ipc-sender.ts';
import type { PageOrigin } from './page-origin.ts';

interface Port {
  readonly contents: WebContents;
  readonly title: string;
  visit: string;
  connection: ClientConnection | null;
}

/** What the binding needs. */
export interface IpcBindingOptions {
  ipcMain: ElectronApi['ipcMain'];
  engine: Pick<EngineHost, 'connect'>;
  origin: PageOrigin;
  log: Log;
}

/**
 * Relays messages between the pages of our windows and the engine: one connection for each page load, made when the
 * page says that it listens. Only the main frame of an admitted window, showing a page of ours, is heard.
 */
export class IpcBinding {
  readonly #options: IpcBindingOptions;
  readonly #ports = new Map<number, Port>();
  readonly #listener = (event: IpcMainEvent, ...args: unknown[]): void => this.#hear(event, args);
  #refused = 0;

  constructor(options: IpcBindingOptions) {
    this.#options = options;
    options.ipcMain.on(DESKTOP_CHANNELS.toEngine, this.#listener);
  }

  /** How many pages are connected to the engine. */
  get connected(): number {
    return [...this.#ports.values()].filter((port) => port.connection !== null).length;
  }

  /** Lets a window in, under the title that System shows. */
  admit(contents: WebContents, title: string): void {
    this.#ports.set(contents.id, { contents, title, visit: '', connection: null });
  }

  /** Ends the connection of a window's page, which crashed; its next load is welcome. */
  detach(contentsId: number): void {
    const port = this.#ports.get(contentsId);
    if (port !== undefined) disconnect(port);
  }

  /** Ends the connection of a window that was closed, for good. */
  dismiss(contentsId: number): void {
    this.detach(contentsId);
    this.#ports.delete(contentsId);
  }

  /** Ends all connections and hears nothing more. */
  close(): void {
    this.#options.ipcMain.removeListener(DESKTOP_CHANNELS.toEngine, this.#listener);
    for (const id of [...this.#ports.keys()]) this.dismiss(id);
  }

  #hear(event: IpcMainEvent, args: readonly unknown[]): void {
    const port = this.#ports.get(event.sender.id);
    if (port === undefined) return this.#refuse('it comes from no window of ours');
    const refusal = senderRefusal(event, this.#options.origin);
    if (refusal !== null) return this.#refuse(refusal);
    const message = ipcMessage(args);
    if ('refusal' in message) return this.#refuse(message.refusal);
    this.#take(port, message);
  }

  #take(port: Port, { text, visit }: IpcMessage): void {
    if (text === '') this.#attach(port, visit);
    else if (visit === port.visit) port.connection?.send(text);
  }

  #attach(port: Port, visit: string): void {
    disconnect(port);
    port.visit = visit;
    const { contents, title } = port;
    port.connection = this.#options.engine.connect({ kind: 'window', title }, (text) => {
      if (!contents.isDestroyed()) contents.send(DESKTOP_CHANNELS.toPage, text, visit);
    });
  }

  #refuse(reason: string): void {
    this.#refused += 1;
    // The 1st, 2nd, 4th, 8th…: a page that floods us must not flood the log.
    if ((this.#refused & (this.#refused - 1)) !== 0) return;
    this.#options.log.warn('a message to the engine was refused', { reason, refused: this.#refused });
  }
}

function disconnect(port: Port): void {
  port.connection?.close();
  port.connection = null;
  port.visit = '';
}
