import type { IntakeAnswer, IntakeRequest, SourceIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { LocalLine } from './local-line.ts';
import { OpenRequest, UNAVAILABLE } from './open-request.ts';
import { readRequest, type ReadRequest } from './read-request.ts';

/** Events accepted and not yet answered, at most, of all ways together … */
export const MOST_EVENTS = 20_000;
/** … and bytes of their requests. */
export const MOST_BYTES = 64 * 1024 * 1024;
/** Who finds no room is asked to come back after so many milliseconds. */
const RETRY_AFTER_MS = 1000;

const VIAS = ['http', 'websocket'] as const;
type Via = IntakeRequest['via'];

/** What the local intake works with. */
export interface LocalIntakeOptions {
  clock: Pick<Clock, 'now'>;
  /** The intake of a source of the environment. */
  of: (source: Via) => SourceIntake;
  /** Calls back after everything else that waits had its turn; left out: in the next turn of Node's loop. */
  soon?: (run: () => void) => void;
}

/** One way in: what waits of it for an answer, the most that may, and how many requests found no room. */
export interface LocalReading {
  id: Via;
  waiting: number;
  limit: number;
  refused: number;
}

/**
 * Events that come in by HTTP and by WebSocket, as streams `http` and `websocket` of one environment. A request is answered
 * when all that was taken of it is committed; one that finds no room is refused as a whole, and was not received.
 */
export class LocalIntake {
  readonly #options: LocalIntakeOptions;
  readonly #lines = new Map<Via, Promise<LocalLine>>();
  readonly #waiting: Record<Via, number> = { http: 0, websocket: 0 };
  readonly #refused: Record<Via, number> = { http: 0, websocket: 0 };
  #bytes = 0;
  #stopping: Promise<void> | null = null;

  constructor(options: LocalIntakeOptions) {
    this.#options = options;
  }

  /** Takes a request in, and answers when what it brings is durable; never rejects. */
  async take(request: IntakeRequest): Promise<IntakeAnswer> {
    if (this.#stopping !== null) return UNAVAILABLE;
    // Before it is read: a flood is refused without looking into it.
    if (!this.#hasRoom(1, request.body.length)) return this.#busy(request.via);
    const read = readRequest(request);
    if (!read.ok) return read;
    if (!this.#hasRoom(read.events.length, request.body.length)) {
      const busy = this.#busy(request.via);
      return read.ref === undefined ? busy : { ...busy, ref: read.ref };
    }
    this.#count(request, read.events.length, 1);
    const answer = await this.#enter(request, read);
    this.#count(request, read.events.length, -1);
    return answer;
  }

  /** What waits, by the way it came. */
  read(): LocalReading[] {
    return VIAS.map((id) => ({
      id,
      waiting: this.#waiting[id],
      limit: MOST_EVENTS,
      refused: this.#refused[id],
    }));
  }

  /** Takes no more; resolves when everything is answered: `unavailable` where it is not known to be stored. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    for (const line of await Promise.allSettled(this.#lines.values())) {
      if (line.status === 'fulfilled') await line.value.stop();
    }
  }

  async #enter(request: IntakeRequest, read: ReadRequest): Promise<IntakeAnswer> {
    try {
      const line = await this.#line(request.via);
      return await new Promise((resolve) => line.add(new OpenRequest(request.family, read, resolve)));
    } catch (error) {
      this.#lines.delete(request.via);
      return { ok: false, code: 'unavailable', message: `the store does not answer: ${errorMessage(error)}` };
    }
  }

  #line(via: Via): Promise<LocalLine> {
    const known = this.#lines.get(via);
    if (known !== undefined) return known;
    const { of, clock, soon = setImmediate } = this.#options;
    const opened = of(via)
      .openStream({ name: via, createdAt: 0 })
      .then((stream) => new LocalLine({ stream, clock, soon }));
    this.#lines.set(via, opened);
    return opened;
  }

  #hasRoom(events: number, bytes: number): boolean {
    const waiting = this.#waiting.http + this.#waiting.websocket;
    return waiting + events <= MOST_EVENTS && this.#bytes + bytes <= MOST_BYTES;
  }

  #busy(via: Via): Extract<IntakeAnswer, { ok: false }> {
    this.#refused[via] += 1;
    return {
      ok: false,
      code: 'busy',
      message: `there is no room: at most ${MOST_EVENTS} events and ${MOST_BYTES / 1024 / 1024} MiB wait to be stored`,
      retryAfterMs: RETRY_AFTER_MS,
    };
  }

  #count({ via, body }: IntakeRequest, events: number, sign: 1 | -1): void {
    this.#waiting[via] += sign * events;
    this.#bytes += sign * body.length;
  }
}
