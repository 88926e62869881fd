/** Messages asked for and not yet delivered: never more than this, and never more than there is room for. */
export const MAX_OUTSTANDING = 2000;
/** Messages per request. */
const PER_REQUEST = 1000;
/** Requests smaller than this wait until there is more room: many small ones cost more than a short pause. */
const WORTHWHILE = 200;

/** Decides how many messages to ask for next: enough that the stream never pauses while there is room. */
export class PullWindow {
  #outstanding = 0;

  /** Messages asked for and not yet delivered. */
  get outstanding(): number {
    return this.#outstanding;
  }

  /** How many to ask for now, given the room behind; 0: none. Counts them as asked for. */
  next(room: number): number {
    const wanted = Math.min(PER_REQUEST, MAX_OUTSTANDING - this.#outstanding, room - this.#outstanding);
    if (wanted <= 0 || (wanted < WORTHWHILE && this.#outstanding > 0)) return 0;
    this.#outstanding += wanted;
    return wanted;
  }

  /** A message was delivered. Answers whether it is worth asking `next` again. */
  delivered(): boolean {
    if (this.#outstanding > 0) this.#outstanding -= 1;
    return this.#outstanding === 0 || MAX_OUTSTANDING - this.#outstanding >= WORTHWHILE;
  }

  /** A request ended with this many messages undelivered. */
  expired(undelivered: number): void {
    this.#outstanding = Math.max(0, this.#outstanding - undelivered);
  }
}
