import type { IntakeAnswer, IntakeRequest } from '../../../src-contract/intake.ts';
import type { ReadRequest } from './read-request.ts';

/** The answer to who is away or leaves before what was asked is done. */
export const UNAVAILABLE: IntakeAnswer = {
  ok: false,
  code: 'unavailable',
  message: 'the environment was closed before the events were known to be stored; send them again',
};

/** A request whose events are being handed over, until all that was taken of it is committed. */
export class OpenRequest {
  readonly family: IntakeRequest['family'];
  /** Of its last event that was handed over; 0 before the first. */
  lastSeq = 0;
  readonly #request: ReadRequest;
  readonly #answer: (answer: IntakeAnswer) => void;
  readonly #rejected: { index: number; reason: string }[] = [];
  #next = 0;
  #repeated = 0;

  constructor(family: IntakeRequest['family'], request: ReadRequest, answer: (answer: IntakeAnswer) => void) {
    this.family = family;
    this.#request = request;
    this.#answer = answer;
  }

  /** Events of the request. */
  get events(): number {
    return this.#request.events.length;
  }

  /** Whether all its events were handed over. */
  get isOffered(): boolean {
    return this.#next === this.#request.events.length;
  }

  /** Hands the next event over, with what gives its text as it was sent: `offer` says why it is a reject, or null. */
  offerNext(seq: number, offer: (value: unknown, sent: () => Uint8Array) => string | null): void {
    const index = this.#next;
    const reason = offer(this.#request.events[index], () => this.#request.sent(index));
    if (reason !== null) this.#rejected.push({ index, reason });
    this.lastSeq = seq;
    this.#next += 1;
  }

  /** One of its events was known before. */
  repeat(): void {
    this.#repeated += 1;
  }

  /** Answers: everything is committed. */
  settle(): void {
    const [first] = this.#rejected;
    if (this.#request.single && first !== undefined) {
      const field = /^\/\S+/.exec(first.reason)?.[0];
      this.#give({
        ok: false,
        code: 'invalid_event',
        message: first.reason,
        ...(field === undefined ? {} : { details: { field } }),
      });
      return;
    }
    this.#give({
      ok: true,
      accepted: this.events - this.#rejected.length,
      repeated: this.#repeated,
      rejected: this.#rejected,
    });
  }

  /** Answers that it is not known to be stored. */
  giveUp(): void {
    this.#give(UNAVAILABLE);
  }

  #give(answer: IntakeAnswer): void {
    const { ref } = this.#request;
    this.#answer(ref === undefined ? answer : { ...answer, ref });
  }
}
