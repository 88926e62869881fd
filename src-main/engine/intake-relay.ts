import type { IntakeAnswer, IntakeRequest } from '../../src-contract/intake.ts';
import type { ToEngine } from './engine-messages.ts';

/** At most this many requests wait for their answer. */
const MAX_REQUESTS = 2000;
/** At most this many bytes of bodies wait for their answer. */
const MAX_BYTES = 64 * 1024 * 1024;
/** When to ask again after a refusal, in milliseconds. */
const RETRY_AFTER_MS = 1000;

type Asked = Extract<ToEngine, { t: 'intake' }>;

interface Waiting {
  bytes: number;
  resolve: (answer: IntakeAnswer) => void;
}

/**
 * Events on their way from the host to the engine's thread: those of one turn of the host's loop go in one message, whose
 * bytes are handed over, not copied again. At most 2,000 requests and 64 MiB wait for their answers; beyond, they are busy.
 */
export class IntakeRelay {
  readonly #post: (message: Asked, transfer: readonly ArrayBuffer[]) => void;
  readonly #soon: (send: () => void) => void;
  readonly #waiting = new Map<number, Waiting>();
  #asked: Asked['requests'] = [];
  #bytes = 0;
  #nextId = 1;

  /** @param soon calls back when this turn of the loop has taken in what was there. */
  constructor(
    post: (message: Asked, transfer: readonly ArrayBuffer[]) => void,
    soon: (send: () => void) => void = setImmediate,
  ) {
    this.#post = post;
    this.#soon = soon;
  }

  /** Hands one request over. Its bytes are the caller's again when this has returned. Never rejects. */
  ask(request: IntakeRequest): Promise<IntakeAnswer> {
    const bytes = request.body.byteLength;
    if (this.#waiting.size >= MAX_REQUESTS || this.#bytes + bytes > MAX_BYTES) return Promise.resolve(busy());
    return new Promise((resolve) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { bytes, resolve });
      this.#bytes += bytes;
      // The caller may use its buffer again, and the message is sent later.
      this.#asked.push({ id, request: { ...request, body: new Uint8Array(request.body) } });
      if (this.#asked.length === 1) this.#soon(() => this.#send());
    });
  }

  /** The engine answered some. */
  answered(answers: readonly { id: number; answer: IntakeAnswer }[]): void {
    for (const { id, answer } of answers) {
      const waiting = this.#waiting.get(id);
      if (waiting === undefined) continue;
      this.#waiting.delete(id);
      this.#bytes -= waiting.bytes;
      waiting.resolve(answer);
    }
  }

  /** The engine is gone: whoever waits is told that nobody knows what became of the events. */
  lost(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#asked = [];
    this.#bytes = 0;
    const answer = unavailable('the engine stopped before it answered; what it had stored is kept');
    for (const { resolve } of waiting) resolve(answer);
  }

  #send(): void {
    const requests = this.#asked;
    if (requests.length === 0) return;
    this.#asked = [];
    this.#post(
      { t: 'intake', requests },
      requests.map(({ request }) => request.body.buffer as ArrayBuffer),
    );
  }
}

/** What those are answered whose events cannot be taken now, and why in words. */
export function unavailable(message: string): IntakeAnswer {
  return { ok: false, code: 'unavailable', message };
}

function busy(): IntakeAnswer {
  return {
    ok: false,
    code: 'busy',
    message: 'more events are handed over than the engine takes',
    retryAfterMs: RETRY_AFTER_MS,
  };
}
