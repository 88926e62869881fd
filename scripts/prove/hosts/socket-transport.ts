import type { Transport, TransportState } from '../../../src-contract/transport.ts';

/** One WebSocket to a host as a transport that is not opened again: what reconnects is up to who uses it. */
export class SocketTransport implements Transport {
  /** Resolves when the socket is gone. */
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #onSend: (text: string) => void;

  /** @param onSend sees every message on its way out. */
  constructor(url: string, onSend: (text: string) => void = () => undefined) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/ws`);
    this.#onSend = onSend;
    this.closed = new Promise((resolve) => {
      this.#socket.addEventListener('close', () => resolve(), { once: true });
    });
  }

  send(text: string): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#onSend(text);
    this.#socket.send(text);
  }

  onMessage(listener: (text: string) => void): () => void {
    const receive = ({ data }: MessageEvent): void => listener(String(data));
    this.#socket.addEventListener('message', receive);
    return () => this.#socket.removeEventListener('message', receive);
  }

  onState(listener: (state: TransportState) => void): () => void {
    const open = (): void => listener({ state: 'open' });
    const close = (): void =>
      listener({ state: 'connecting', since: Date.now(), retryAt: null, reason: 'the socket closed' });
    this.#socket.addEventListener('open', open);
    this.#socket.addEventListener('close', close);
    return () => {
      this.#socket.removeEventListener('open', open);
      this.#socket.removeEventListener('close', close);
    };
  }

  close(): void {
    this.#socket.close();
  }
}
