import type { NatsConnection } from '@nats-io/transport-node';
import type { SourceIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { Overlap } from './overlap.ts';
import { PlainBacklog } from './plain-backlog.ts';
import { PlainReader } from './plain-reader.ts';
import type { PlainTaking } from './plain-taking.ts';
import { incarnationKey } from './stream-coverage.ts';
import type { SeenStream } from './stream-list.ts';
import { covers } from './subject-match.ts';
import { unlessEnded } from './unless-ended.ts';

/** Local incarnation of what arrives by plain subscription: it has no creation time of its own. */
const PLAIN_STREAM = { name: 'plain subscription', createdAt: 0 };

/** What the plain side works with. */
export interface PlainSideOptions {
  connection: NatsConnection;
  env: string;
  /** What this instance published itself is only confirmed. */
  instanceId: string;
  intake: SourceIntake;
  clock: Clock;
  overlap: Overlap;
  /** Aborted when the session ends. */
  end: AbortSignal;
  fail(error: unknown): void;
}

/** What of an environment is read by plain subscription: everything, the families no stream takes in, or nothing. */
export class PlainSide implements Stoppable {
  readonly #options: PlainSideOptions;
  readonly #denied = new Map<string, string>();
  #reader: PlainReader | null = null;
  #backlog: PlainBacklog | null = null;
  /** Keys of the streams that were seen at the last look, and what was subscribed to when the server was asked. */
  #lastLook: { streams: ReadonlySet<string>; subjects: ReadonlyMap<string, number> } | null = null;
  #asked: ReadonlyMap<string, number> = new Map();
  #askedAt = 0;

  constructor(options: PlainSideOptions) {
    this.#options = options;
  }

  /** What is subscribed to. */
  get subjects(): string[] {
    return [...(this.#reader?.subjects.keys() ?? [])];
  }

  /** Messages that came. */
  get received(): number {
    return this.#backlog?.received ?? 0;
  }

  /** What is wrong, in words. */
  get troubles(): string[] {
    return [...(this.#backlog?.troubles ?? []), ...this.#denied.values()];
  }

  /** Whether the server was asked for its streams since the subscriptions changed: only then a stream is known to be newer. */
  get settled(): boolean {
    const { subjects } = this;
    return subjects.length === this.#asked.size && subjects.every((subject) => this.#asked.has(subject));
  }

  /** The server is about to be asked for its streams. */
  asking(): void {
    this.#asked = this.#reader?.subjects ?? new Map<string, number>();
    this.#askedAt = this.#options.clock.monotonic();
  }

  /** The server answered. Returns what of a stream that is new among them is taken by the subscriptions there are. */
  answered(streams: readonly SeenStream[]): (stream: SeenStream) => PlainTaking | null {
    const before = this.#lastLook;
    this.#lastLook = { streams: new Set(streams.map(incarnationKey)), subjects: this.#asked };
    const now = this.#reader?.subjects ?? new Map<string, number>();
    const lasting = [...(before?.subjects ?? [])].filter(([subject, since]) => now.get(subject) === since);
    return (stream) => {
      const isNew = before !== null && !before.streams.has(incarnationKey(stream));
      if (!isNew || !stream.original || lasting.length === 0) return null;
      return this.#taking(stream.lastSeq, lasting);
    };
  }

  /** Reads everything, or these families only; resolves when what is left out has arrived completely. */
  async follow(everything: boolean, families: readonly string[]): Promise<void> {
    const { env } = this.#options;
    const all = `${env}.>`;
    const each = families.map((family) => `${env}.${family}`);
    const subjects = everything && !this.#denied.has(all) ? [all] : each;
    if (subjects.length > 0) this.#reader ??= await this.#open();
    await this.#reader?.follow(subjects);
  }

  /** Stops reading; what has arrived is handed over as far as there is room. */
  async stop(): Promise<void> {
    await this.#reader?.stop();
    await this.#backlog?.stop();
  }

  async #open(): Promise<PlainReader> {
    const { intake, clock, end } = this.#options;
    this.#backlog ??= new PlainBacklog(await unlessEnded(intake.openStream(PLAIN_STREAM), end), clock);
    return new PlainReader({
      ...this.#options,
      backlog: this.#backlog,
      denied: (subject) => {
        this.#denied.set(subject, `not permitted to subscribe to ${subject}`);
      },
    });
  }

  #taking(until: number, lasting: readonly [string, number][]): PlainTaking {
    const { env } = this.#options;
    return {
      until,
      askedAt: this.#askedAt,
      since: Math.max(...lasting.map(([, since]) => since)),
      includes: (subject) => lasting.some(([pattern]) => covers(pattern, `${env}.${subject}`)),
    };
  }
}
