import type { StreamIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import type { OpenRequest } from './open-request.ts';

/** Events handed over in one turn of the loop, at most. */
export const MOST_IN_A_TURN = 1000;

/** What a line works with. */
export interface LocalLineOptions {
  stream: StreamIntake;
  clock: Pick<Clock, 'now'>;
  /** Goes on after everything else that waits had its turn. */
  soon: (run: () => void) => void;
}

/** The requests of one local stream, in order: those whose events are still to be handed over, and those that wait for commits. */
export class LocalLine {
  readonly #options: LocalLineOptions;
  readonly #stops: (() => void)[];
  #open: OpenRequest[] = [];
  /** How many of the open requests were handed over as a whole. */
  #offered = 0;
  /** Events handed over in this turn of the loop. */
  #turn = 0;
  #stopped = false;

  constructor(options: LocalLineOptions) {
    this.#options = options;
    this.#stops = [
      options.stream.onRoom(this.#feed),
      options.stream.onSettled((lastSeq, repeated) => this.#settled(lastSeq, repeated)),
    ];
  }

  /** Adds a request behind the others; it is answered when all of it is committed. */
  add(request: OpenRequest): void {
    if (this.#stopped) return request.giveUp();
    this.#open.push(request);
    this.#feed();
  }

  /** Hands no more over, and answers what cannot be waited for; resolves when the rest is answered, too. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const request of this.#open.splice(this.#offered)) request.giveUp();
    await this.#options.stream.drained();
    for (const request of this.#open.splice(0)) request.giveUp();
    for (const stop of this.#stops.splice(0)) stop();
  }

  /** Hands over what there is room for, a slice in each turn. */
  readonly #feed = (): void => {
    const { stream } = this.#options;
    let request: OpenRequest | undefined;
    while (!this.#stopped && stream.room > 0 && (request = this.#open[this.#offered]) !== undefined) {
      if (this.#turn === MOST_IN_A_TURN) return;
      if (this.#turn === 0) this.#options.soon(this.#nextTurn);
      this.#turn += 1;
      this.#offerOne(request);
    }
  };

  readonly #nextTurn = (): void => {
    this.#turn = 0;
    this.#feed();
  };

  #offerOne(request: OpenRequest): void {
    const { stream, clock } = this.#options;
    const seq = stream.offeredSeq + 1;
    request.offerNext(seq, (value, sent) => stream.offerValue(request.family, seq, clock.now(), value, sent));
    if (request.isOffered) this.#offered += 1;
  }

  #settled(lastSeq: number, repeated: readonly number[]): void {
    let at = 0;
    for (const seq of repeated) {
      while ((this.#open[at]?.lastSeq ?? Infinity) < seq) at += 1;
      this.#open[at]?.repeat();
    }
    let settled = 0;
    while (settled < this.#offered && (this.#open[settled] as OpenRequest).lastSeq <= lastSeq) settled += 1;
    this.#offered -= settled;
    for (const request of this.#open.splice(0, settled)) request.settle();
  }
}
