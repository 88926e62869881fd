import type { Offered, SourceIntake, StreamIntake } from '../src-contract/intake.ts';

/** An intake that only looks at what it is given: the floor that the whole way into the store is measured against. */
export class NullIntake implements SourceIntake, StreamIntake {
  readonly storedSeq = 0;
  readonly room = 1_000_000;
  offeredSeq = 0;
  count = 0;
  readonly #look: (body: Uint8Array) => void;
  readonly #done: () => void;
  readonly #target: number;

  /** @param look what is done with each body; @param done called when `target` messages came. */
  constructor(look: (body: Uint8Array) => void, target: number, done: () => void) {
    this.#look = look;
    this.#target = target;
    this.#done = done;
  }

  openStream(): Promise<StreamIntake> {
    return Promise.resolve(this);
  }

  offer(_subject: string, seq: number, _publishedAt: number, body: Uint8Array): void {
    this.#look(body);
    this.offeredSeq = seq;
    if (++this.count === this.#target) this.#done();
  }

  offerValue(): Offered {
    throw new Error('only messages are counted');
  }

  offerReject(): Offered {
    throw new Error('only messages are counted');
  }

  onSettled(): () => void {
    return () => undefined;
  }

  onRoom(): () => void {
    return () => undefined;
  }

  observe(): void {
    return;
  }

  confirm(): void {
    return;
  }

  gap(): void {
    return;
  }

  passOver(): void {
    return;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }
}
