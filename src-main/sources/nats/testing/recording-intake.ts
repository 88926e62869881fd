import type { EventFamily } from '../../../../src-contract/event-kinds.ts';
import type { Offered, SourceIntake, StreamIntake } from '../../../../src-contract/intake.ts';

/** A message as it was offered. */
export interface Recorded {
  subject: string;
  seq: number;
  publishedAt: number;
  body: string;
}

/** A stream's entrance that keeps everything in memory; what is offered counts as committed unless it is held. */
export class RecordingStream implements StreamIntake {
  readonly name: string;
  readonly createdAt: number;
  readonly messages: Recorded[] = [];
  readonly confirmed: number[] = [];
  readonly gaps: { firstSeq: number; lastSeq: number; reason: string }[] = [];
  /** The sequences up to which it was passed over. */
  readonly passed: number[] = [];
  ends = { firstSeq: 0, lastSeq: 0 };
  repeated = 0;
  storedSeq = 0;
  offeredSeq = 0;
  /** When true nothing is committed, so that room goes down with every offer. */
  held = false;
  /** When not null, `offer` throws it. */
  failure: Error | null = null;
  readonly #limit: number;
  readonly #listeners = new Set<() => void>();
  readonly #settled = new Set<(lastSeq: number, repeated: readonly number[]) => void>();
  #waiting = 0;

  constructor(name: string, createdAt: number, limit: number) {
    this.name = name;
    this.createdAt = createdAt;
    this.#limit = limit;
  }

  get room(): number {
    return Math.max(0, this.#limit - this.#waiting);
  }

  /** Listeners that wait for room: none once its reader has stopped. */
  get listeners(): number {
    return this.#listeners.size;
  }

  get bodies(): string[] {
    return this.messages.map(({ body }) => body);
  }

  onRoom(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  offer(subject: string, seq: number, publishedAt: number, body: Uint8Array): void {
    if (this.failure !== null) throw this.failure;
    if (this.#waiting >= 2 * this.#limit) throw new RangeError('more than twice the room');
    if (seq <= this.offeredSeq) {
      this.repeated += 1;
      return;
    }
    this.offeredSeq = seq;
    this.messages.push({ subject, seq, publishedAt, body: Buffer.from(body).toString() });
    if (this.held) this.#waiting += 1;
    else this.#settle();
  }

  offerValue(family: EventFamily, seq: number, publishedAt: number, value: unknown): Offered {
    this.offer(family, seq, publishedAt, Buffer.from(JSON.stringify(value)));
    return null;
  }

  offerReject(family: EventFamily, seq: number, receivedAt: number, body: Uint8Array): Offered {
    this.offer(family, seq, receivedAt, body);
    return null;
  }

  onSettled(listener: (lastSeq: number, repeated: readonly number[]) => void): () => void {
    this.#settled.add(listener);
    return () => this.#settled.delete(listener);
  }

  confirm(_subject: string, seq: number): void {
    if (seq <= this.offeredSeq) {
      this.repeated += 1;
      return;
    }
    this.confirmed.push(seq);
    this.#moveBehind(seq);
  }

  /** Commits what is held, and from now on everything at once. */
  release(): void {
    this.held = false;
    this.#waiting = 0;
    this.#settle();
    for (const listener of [...this.#listeners]) listener();
  }

  observe(position: { firstSeq: number; lastSeq: number }): void {
    this.ends = position;
  }

  gap(firstSeq: number, lastSeq: number, reason: string): void {
    this.gaps.push({ firstSeq, lastSeq, reason });
    this.#moveBehind(lastSeq);
  }

  passOver(lastSeq: number): void {
    this.passed.push(lastSeq);
    this.#moveBehind(lastSeq);
  }

  #moveBehind(lastSeq: number): void {
    this.offeredSeq = Math.max(this.offeredSeq, lastSeq);
    if (!this.held) this.#settle();
  }

  #settle(): void {
    this.storedSeq = this.offeredSeq;
    for (const listener of [...this.#settled]) listener(this.storedSeq, []);
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }
}

/** An intake that keeps everything in memory, over any number of sources that come and go. */
export class RecordingIntake implements SourceIntake {
  readonly streams: RecordingStream[] = [];
  readonly #limit: number;

  /** @param limit room of every stream */
  constructor(limit = 4000) {
    this.#limit = limit;
  }

  openStream({ name, createdAt }: { name: string; createdAt: number }): Promise<RecordingStream> {
    const known = this.streams.find((stream) => stream.name === name && stream.createdAt === createdAt);
    if (known !== undefined) return Promise.resolve(known);
    const stream = new RecordingStream(name, createdAt, this.#limit);
    this.streams.push(stream);
    return Promise.resolve(stream);
  }

  /** The newest incarnation of a stream; an empty one when it was never opened. */
  of(name: string): RecordingStream {
    return this.streams.findLast((stream) => stream.name === name) ?? new RecordingStream(name, 0, 0);
  }

  /** What came by plain subscription. */
  get plain(): RecordingStream {
    return this.of('plain subscription');
  }

  /** Bodies of all streams, those of a stream in their order. */
  get bodies(): string[] {
    return this.streams.flatMap(({ bodies }) => bodies);
  }
}
