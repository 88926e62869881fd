import type { PipelineState, Stage } from '../../src-contract/analytics.ts';
import type { CallArgs, CallName, CallResult } from '../../src-contract/channels.ts';
import type { ClientMessage, ServerMessage } from '../../src-contract/frames.ts';
import type { IntakeAnswer, IntakeRequest } from '../../src-contract/intake.ts';
import { failureOf } from '../../src-contract/result.ts';
import type { ClientIdentity, EngineHost, EngineState } from '../engine/engine-port.ts';
import { reportOf } from './fake-report.ts';

type Answers = { [N in CallName]?: (args: CallArgs<N>) => CallResult<N> | Promise<CallResult<N>> };

/** A client of the fake, and what it has sent so far. */
export interface FakeConnection {
  readonly identity: ClientIdentity;
  readonly sent: ClientMessage[];
  closed: boolean;
  deliver(message: ServerMessage): void;
}

/** An engine for tests of its hosts: greets every client, answers calls from a table, shows what it was sent. */
export class FakeEngineHost implements EngineHost {
  readonly connections: FakeConnection[] = [];
  readonly audited: string[][] = [];
  readonly answers: Answers;
  /** The events that were handed over, in order. */
  readonly taken: IntakeRequest[] = [];
  /** What becomes of them; accepted at once unless a test says otherwise. */
  takes: (request: IntakeRequest) => IntakeAnswer | Promise<IntakeAnswer> = () => ({
    ok: true,
    accepted: 1,
    repeated: 0,
    rejected: [],
  });
  /** Stages that the feed of the pipeline shows; null: it shows nothing. */
  stages: readonly Stage[] | null = [];
  state: EngineState = { state: 'running', since: 0 };
  readonly #listeners = new Set<(state: EngineState) => void>();

  constructor(answers: Answers = {}) {
    this.answers = {
      'system.status': () => reportOf(),
      'audit.list': () => ({ items: [], next_cursor: null }),
      ...answers,
    };
  }

  onState(listener: (state: EngineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How many listen to the engine's state: a leak shows here. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Tells every client that the engine is away, and the host that it is being restarted. */
  goDown(reason: string): void {
    this.state = { state: 'restarting', since: 0, reason, attempt: 1 };
    for (const listener of this.#listeners) listener(this.state);
    for (const each of this.connections) each.deliver({ t: 'link', state: 'down', since: 0, reason });
  }

  connect(identity: ClientIdentity, deliver: (text: string) => void) {
    const connection: FakeConnection = {
      identity,
      sent: [],
      closed: false,
      deliver: (message) => deliver(JSON.stringify(message)),
    };
    this.connections.push(connection);
    connection.deliver({ t: 'hello', epoch: '1', version: '0.0.0', env: 'demo' });
    return {
      send: (text: string) => this.#take(connection, JSON.parse(text) as ClientMessage),
      close: () => void (connection.closed = true),
    };
  }

  async intake(request: IntakeRequest): Promise<IntakeAnswer> {
    this.taken.push(request);
    return this.takes(request);
  }

  audit(...entry: [actor: string, action: string, target: string, result: string]): void {
    this.audited.push(entry);
  }

  async stop(): Promise<void> {
    this.state = { state: 'stopped', since: 0 };
  }

  #take(connection: FakeConnection, message: ClientMessage): void {
    connection.sent.push(message);
    if (message.t === 'open' && message.feed === 'pipeline' && this.stages !== null)
      return this.#showStages(connection, message.id, this.stages);
    if (message.t !== 'call') return;
    const { id, channel, args } = message;
    const answer = this.answers[channel as CallName] as ((args: unknown) => unknown) | undefined;
    if (answer === undefined) throw new Error(`no answer was prepared for ${channel}`);
    Promise.resolve()
      .then(() => answer(args))
      .then(
        (value) => connection.deliver({ t: 'ok', id, value }),
        (error: unknown) => connection.deliver({ t: 'failed', id, error: failureOf(error) }),
      );
  }

  #showStages(connection: FakeConnection, id: number, rows: readonly Stage[]): void {
    const windows = { open: 0, waiting: 0 };
    const head: PipelineState = { env: 'demo', bottleneck: null, sources: [], windows };
    const part = { id, seq: 0, snapshot: { head, rows: [...rows] } };
    queueMicrotask(() => connection.deliver({ t: 'frame', frame: 1, feeds: [part] }));
  }
}
