import type { StreamIntake } from '../../../src-contract/intake.ts';
import { MissingMessages } from './missing-messages.ts';

/** How far one stream was read, and what of it was not. */
export class StreamPosition {
  readonly #intake: StreamIntake;
  readonly #filtered: boolean;
  readonly #missing: MissingMessages;
  #read: number;
  #firstSeq = 0;
  /** Where a run of messages ends that were taken by plain subscription before, and that the intake has not passed over. */
  #takenUntil: number | null = null;

  /** @param filtered whether the server leaves out messages of other environments in between */
  constructor(intake: StreamIntake, filtered: boolean) {
    this.#intake = intake;
    this.#filtered = filtered;
    this.#missing = new MissingMessages(intake);
    this.#read = intake.offeredSeq;
  }

  /** The last message read, offered or not. */
  get read(): number {
    return this.#read;
  }

  /** The stream begins here, and nothing from before is on its way. */
  beginsAt(firstSeq: number): void {
    this.#firstSeq = firstSeq;
  }

  /** Reports what was collected; called regularly, and at the end. */
  flush(): void {
    this.#passTakenBefore();
    this.#missing.flush();
  }

  /** A message arrived. Where others are left out, only what lies before the stream's begin is missing. */
  arrived(seq: number): void {
    if (seq > this.#read + 1) this.missingBefore(this.#filtered ? Math.min(seq, this.#firstSeq) : seq);
    this.#read = Math.max(this.#read, seq);
  }

  /** Whatever was not read before this sequence is not in the stream any more. */
  missingBefore(seq: number): void {
    if (seq <= this.#read + 1) return;
    this.#passTakenBefore();
    this.#missing.add(this.#read + 1, seq - 1);
    this.#read = seq - 1;
  }

  /** Whatever was not read before this sequence is none of ours. */
  foreignBefore(seq: number): void {
    this.#read = Math.max(this.#read, seq - 1);
  }

  /** The message that just arrived was taken by plain subscription before, and is not offered. */
  takenBefore(): void {
    this.#takenUntil = this.#read;
  }

  /** The message that just arrived is offered. */
  offer(family: string, publishedAt: number, body: Uint8Array): void {
    if (this.#takenUntil !== null) this.#passTakenBefore();
    this.#intake.offer(family, this.#read, publishedAt, body);
  }

  /** The message that just arrived was published by this instance. */
  confirm(family: string): void {
    if (this.#takenUntil !== null) this.#passTakenBefore();
    this.#intake.confirm(family, this.#read);
  }

  /** The stored offset has to pass them too, or they would be read after a restart. */
  #passTakenBefore(): void {
    if (this.#takenUntil === null) return;
    this.#intake.passOver(this.#takenUntil);
    this.#takenUntil = null;
  }
}
