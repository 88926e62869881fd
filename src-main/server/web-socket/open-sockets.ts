import type { WebSocket } from '@fastify/websocket';

/** One end of a WebSocket, as the host treats all of them. */
export interface HostSocket {
  /** Drops a socket that gave no sign of life since the last time, and asks it for one. */
  checkAlive(): void;
  /** Says good-bye; the other end may come back. */
  goAway(): void;
  /** Ends the socket without waiting for the other end. */
  terminate(): void;
}

/** The WebSockets that are open at the host. */
export class OpenSockets {
  /** The addresses that take WebSockets. */
  readonly addresses = new Set<string>();
  readonly #open = new Set<HostSocket>();
  readonly #lastGone = Promise.withResolvers<undefined>();
  #isStopping = false;

  /** Keeps a socket until it closes. */
  add(socket: HostSocket, raw: Pick<WebSocket, 'on'>): void {
    this.#open.add(socket);
    raw.on('close', () => {
      this.#open.delete(socket);
      if (this.#isStopping) this.#tellIfEmpty();
    });
  }

  /** Drops those that do not live any more. */
  checkAlive(): void {
    for (const socket of this.#open) socket.checkAlive();
  }

  /** Says good-bye to all; resolves when the last one has gone. */
  goAway(): Promise<unknown> {
    this.#isStopping = true;
    for (const socket of this.#open) socket.goAway();
    this.#tellIfEmpty();
    return this.#lastGone.promise;
  }

  /** Ends all that are left. */
  terminate(): void {
    for (const socket of this.#open) socket.terminate();
  }

  #tellIfEmpty(): void {
    if (this.#open.size === 0) this.#lastGone.resolve(undefined);
  }
}
