import type { StreamIntake } from '../../../src-contract/intake.ts';

/**
 * Reports holes in a stream: the first at once, what comes soon after it as one, because a stream that keeps one message
 * per subject has a hole at every step.
 */
export class MissingMessages {
  readonly #intake: Pick<StreamIntake, 'gap'>;
  #first = 0;
  #last = 0;
  #count = 0;
  #collecting = false;

  constructor(intake: Pick<StreamIntake, 'gap'>) {
    this.#intake = intake;
  }

  /** These sequences are no longer in the stream. Holes come in order. */
  add(firstSeq: number, lastSeq: number): void {
    if (this.#count === 0) this.#first = firstSeq;
    this.#last = lastSeq;
    this.#count += lastSeq - firstSeq + 1;
    if (!this.#collecting) this.#report();
    this.#collecting = true;
  }

  /** Reports what was collected; called regularly. */
  flush(): void {
    this.#collecting = this.#count > 0;
    if (this.#collecting) this.#report();
  }

  /** Says how many are missing when others between them were read. */
  #report(): void {
    const size = this.#last - this.#first + 1;
    const some = this.#count === size ? '' : `${this.#count} of these ${size} are `;
    this.#count = 0;
    const reason = `${some}no longer in the stream: aged out, deleted or purged before they were read`;
    this.#intake.gap(this.#first, this.#last, reason);
  }
}
