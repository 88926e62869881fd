import type { StreamIntake } from '../../../src-contract/intake.ts';
import type { EventSource, SourceStatus } from '../../sources/source.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import type { SourcePlan } from '../running-sources.ts';
import type { Message } from './runtime-fixture.ts';

/** A source that offers what the test tells it to, for one environment. */
export class FakeSource implements EventSource {
  readonly env: string;
  readonly #stream: StreamIntake;
  readonly #listeners = new Set<(status: SourceStatus) => void>();
  status: SourceStatus = { state: 'live', since: 0, detail: 'fake', delivery: 'exactly once' };
  stopped = false;

  constructor(env: string, stream: StreamIntake) {
    this.env = env;
    this.#stream = stream;
  }

  onStatus(listener: (status: SourceStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  turn(status: SourceStatus): void {
    this.status = status;
    for (const listener of this.#listeners) listener(status);
  }

  offer(...messages: Message[]): void {
    for (const [family, body] of messages) {
      this.#stream.offer(family, this.#stream.offeredSeq + 1, 1, Buffer.from(JSON.stringify(body)));
    }
  }

  stop(): Promise<void> {
    this.stopped = true;
    return Promise.resolve();
  }
}

/** A plan that starts {@link FakeSource}s, and every one it has started. */
export class FakePlan implements SourcePlan {
  readonly id: string;
  readonly title: string;
  readonly started: FakeSource[] = [];
  /** What a start throws, while it is set. */
  refusal: Error | null = null;
  readonly #onlyIn: ((env: string) => boolean) | null;

  constructor(id: string, onlyIn: ((env: string) => boolean) | null = null, title = id.toUpperCase()) {
    this.id = id;
    this.title = title;
    this.#onlyIn = onlyIn;
  }

  /** The source started last. */
  get last(): FakeSource {
    const source = this.started.at(-1);
    if (source === undefined) throw new Error(`${this.id} was not started`);
    return source;
  }

  offIn(env: string): string | null {
    return this.#onlyIn === null || this.#onlyIn(env) ? null : `not in ${env}`;
  }

  async start(runtime: EnvironmentRuntime): Promise<EventSource> {
    if (this.refusal !== null) throw this.refusal;
    const stream = await runtime.hub.of(this.id).openStream({ name: 'S', createdAt: 1 });
    const source = new FakeSource(runtime.env, stream);
    this.started.push(source);
    return source;
  }
}
