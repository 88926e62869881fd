import type { WebSocket } from '@fastify/websocket';
import { MAX_CLIENT_MESSAGE } from '../../../src-contract/frames.ts';
import type { ClientConnection, EngineHost } from '../../engine/engine-port.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Role } from '../access/session.ts';
import type { ServerLimits } from '../server-limits.ts';
import type { HostSocket } from './open-sockets.ts';
import { refusalForReader } from './reader-filter.ts';

/** Who is at the other end of a socket. */
export interface SocketPeer {
  /** What System shows of it. */
  readonly title: string;
  readonly role: Role;
}

/** What a relayed socket needs. */
export interface RelayParts {
  readonly engine: EngineHost;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Log;
  readonly limits: ServerLimits;
}

const CODES = { goingAway: 1001, onlyText: 1003, policy: 1008, tooBig: 1009 } as const;
const SECOND_MS = 1000;

/**
 * One page at the other end of a WebSocket, attached to the engine as a client of its own: messages pass both ways as
 * they are. A socket that breaks a limit is closed with words; one that does not read or does not live is dropped.
 */
export class RelayedSocket implements HostSocket {
  readonly #socket: WebSocket;
  readonly #peer: SocketPeer;
  readonly #parts: RelayParts;
  readonly #connection: ClientConnection;
  #heard = true;
  #second = { began: 0, messages: 0 };

  constructor(socket: WebSocket, peer: SocketPeer, parts: RelayParts) {
    this.#socket = socket;
    this.#peer = peer;
    this.#parts = parts;
    this.#connection = parts.engine.connect({ kind: 'browser', title: peer.title }, (text) =>
      this.#deliver(text),
    );
    socket.on('message', (data, isBinary) => {
      // `ws` hands text over as one Buffer; anything else is binary.
      if (isBinary || !Buffer.isBuffer(data)) this.#close(CODES.onlyText, 'messages are text');
      else this.#receive(data.toString());
    });
    socket.on('pong', () => (this.#heard = true));
    socket.on('error', (error) => parts.log.debug('a socket failed', { peer: peer.title, error }));
    socket.on('close', () => this.#connection.close());
  }

  checkAlive(): void {
    if (!this.#heard) return this.#drop('gave no sign of life');
    this.#heard = false;
    this.#socket.ping();
  }

  goAway(): void {
    this.#close(CODES.goingAway, 'the app is stopping');
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #receive(text: string): void {
    this.#heard = true;
    const { limits } = this.#parts;
    if (text.length > MAX_CLIENT_MESSAGE) {
      return this.#close(CODES.tooBig, `messages have at most ${MAX_CLIENT_MESSAGE} characters`);
    }
    if (this.#countMessage() > limits.socketMessagesPerSecond) {
      return this.#close(CODES.policy, `more than ${limits.socketMessagesPerSecond} messages in a second`);
    }
    const refusal = this.#peer.role === 'reader' ? refusalForReader(text) : null;
    if (refusal === null) this.#connection.send(text);
    else this.#deliver(JSON.stringify(refusal));
  }

  #countMessage(): number {
    const now = this.#parts.clock.monotonic();
    if (now - this.#second.began >= SECOND_MS) this.#second = { began: now, messages: 0 };
    return (this.#second.messages += 1);
  }

  #deliver(text: string): void {
    if (this.#socket.bufferedAmount > this.#parts.limits.socketBufferedBytes) {
      return this.#drop('does not read what it is sent');
    }
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text);
  }

  #drop(reason: string): void {
    this.#parts.log.warn('a socket was dropped', { peer: this.#peer.title, reason });
    this.#socket.terminate();
  }

  #close(code: number, reason: string): void {
    this.#connection.close();
    this.#socket.close(code, reason);
  }
}
