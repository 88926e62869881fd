import type { Writable } from 'node:stream';
import type { WebSocket } from '@fastify/websocket';
import type { IntakeAnswer } from '../../../src-contract/intake.ts';
import type { EngineHost } from '../../engine/engine-port.ts';
import type { Log } from '../../lib/log.ts';
import type { IntakeCounts } from '../intake/intake-counts.ts';
import type { ServerLimits } from '../server-limits.ts';
import { frameAnswer } from './frame-answer.ts';
import type { HostSocket } from './open-sockets.ts';

/** What an event socket needs. */
export interface EventSocketParts {
  readonly engine: Pick<EngineHost, 'intake'>;
  /** What the WebSocket writes to. */
  readonly connection: Pick<Writable, 'cork' | 'uncork'>;
  readonly counts: IntakeCounts;
  readonly limits: Pick<ServerLimits, 'eventSocketUnanswered' | 'eventFrameBytes'>;
  readonly log: Log;
}

const GOING_AWAY = 1001;
/** Stands for a frame of bytes: nothing in it is read. */
const NO_TEXT = Buffer.alloc(0);

/**
 * One sender of events at the other end of a WebSocket. Frames go to the engine as bytes and are answered when their
 * event is durable, in the order in which that happens. A sender with too many unanswered frames is not read until
 * some are answered and it has taken the answers: it is slowed down, and loses nothing.
 */
export class EventSocket implements HostSocket {
  readonly #socket: WebSocket;
  readonly #title: string;
  readonly #parts: EventSocketParts;
  /** Frames that had been read when the limit was reached: at most what one read of the connection brings. */
  readonly #read: Buffer[] = [];
  #unanswered = 0;
  #heard = true;
  #isCorked = false;

  constructor(socket: WebSocket, title: string, parts: EventSocketParts) {
    this.#socket = socket;
    this.#title = title;
    this.#parts = parts;
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => (this.#heard = true));
    socket.on('error', (error) => parts.log.debug('a socket failed', { peer: title, error }));
  }

  checkAlive(): void {
    // One that is not read cannot be heard.
    if (this.#socket.isPaused) return;
    if (!this.#heard) {
      this.#parts.log.warn('a socket was dropped', { peer: this.#title, reason: 'gave no sign of life' });
      return this.terminate();
    }
    this.#heard = false;
    this.#socket.ping();
  }

  goAway(): void {
    this.#socket.resume();
    this.#socket.close(GOING_AWAY, 'the app is stopping');
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #receive(data: unknown, isBinary: boolean): void {
    this.#heard = true;
    const { eventFrameBytes } = this.#parts.limits;
    // `ws` hands text over as one Buffer; anything else is binary.
    if (isBinary || !Buffer.isBuffer(data)) {
      return this.#refuse(NO_TEXT, 'invalid_argument', 'frames are text, not binary');
    }
    if (data.length > eventFrameBytes) {
      const most = eventFrameBytes.toLocaleString('en');
      return this.#refuse(data, 'too_large', `a frame has at most ${most} bytes, not ${data.length}`);
    }
    this.#read.push(data);
    this.#handOver();
  }

  /** Hands over what was read, as far as the limit allows, and reads no further while it does not. */
  #handOver(): void {
    const { eventSocketUnanswered } = this.#parts.limits;
    while (this.#unanswered < eventSocketUnanswered) {
      const body = this.#read.shift();
      if (body === undefined) break;
      this.#unanswered += 1;
      void this.#take(body);
    }
    if (this.#unanswered >= eventSocketUnanswered) this.#socket.pause();
    else this.#socket.resume();
  }

  async #take(body: Buffer): Promise<void> {
    this.#answer(
      body,
      await this.#parts.engine.intake({ family: 'analytics.event', via: 'websocket', body }),
    );
  }

  /** Answers of one turn of the loop are written at once: writing them one by one costs more than all else. */
  #writeTogether(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    this.#parts.connection.cork();
    setImmediate(() => {
      this.#isCorked = false;
      this.#parts.connection.uncork();
    });
  }

  #refuse(frame: Buffer, code: 'invalid_argument' | 'too_large', message: string): void {
    this.#unanswered += 1;
    this.#answer(frame, { ok: false, code, message });
  }

  #answer(frame: Buffer, answer: IntakeAnswer): void {
    this.#parts.counts.count('websocket', 'analytics.event', answer.ok ? 'ok' : answer.code);
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#writeTogether();
    // Answers that its taker does not read count as not given.
    this.#socket.send(JSON.stringify(frameAnswer(answer, frame)), () => {
      this.#unanswered -= 1;
      this.#handOver();
    });
  }
}
