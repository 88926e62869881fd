import { Worker } from 'node:worker_threads';
import type { LinkMessage } from '../../src-contract/frames.ts';
import type { IntakeAnswer, IntakeRequest } from '../../src-contract/intake.ts';
import { backoff, type Backoff } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import { RestartIntensity } from '../lib/restart-intensity.ts';
import { workerEntry } from '../lib/worker-entry.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import type {
  ClientConnection,
  ClientIdentity,
  EngineHost,
  EngineOptions,
  EngineState,
} from './engine-port.ts';
import { EngineRefusedError } from './engine-refused-error.ts';
import { IntakeRelay, unavailable } from './intake-relay.ts';
import { answerSecret } from './secret-answer.ts';
import type { SecretBox } from './secret-box.ts';

/** What the host uses of the engine's worker thread. */
export interface EngineWorker {
  on(event: 'message', listener: (message: FromEngine) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'exit', listener: () => void): unknown;
  postMessage(message: ToEngine, transfer?: readonly ArrayBuffer[]): void;
  terminate(): Promise<unknown>;
}

/** Starts the worker thread of an engine. */
export type StartWorker = (options: EngineOptions) => EngineWorker;

/** What a host gives beside the options. */
export interface EngineHostDependencies {
  clock: Clock;
  random: Random;
  log: Log;
  /** Takes the engine's own log lines: JSON, each with its line end. */
  writeLogLine(line: string): void;
  /** Seals the engine's secrets; left out: they lie in its settings file. */
  secrets?: SecretBox;
  /** Starts the worker thread; only tests replace it. */
  startWorker?: StartWorker;
}

const INTENSITY = { restarts: 5, withinMs: 60_000 };
const BACKOFF = { first: 50, max: 3000, factor: 2, jitter: 0.5 };
/** A stop that takes longer ends the thread by force, in milliseconds. */
const STOP_WITHIN_MS = 4500;

/** What those are told who hand events over while no engine takes them. */
const WHY_NOT: Readonly<Record<EngineState['state'], string>> = {
  starting: 'the engine is starting',
  running: 'the engine is stopping',
  restarting: 'the engine is being restarted',
  failed: 'the engine failed too often and is not restarted',
  stopped: 'the engine has stopped',
};

interface Client {
  identity: ClientIdentity;
  deliver: (text: string) => void;
}

/** The engine's worker thread as its host sees it: relays text, starts the thread again when it dies. */
export class EngineThread implements EngineHost {
  readonly #options: EngineOptions;
  readonly #with: EngineHostDependencies;
  readonly #states: Emitter<EngineState>;
  readonly #clients = new Map<number, Client>();
  readonly #intensity = new RestartIntensity(INTENSITY);
  readonly #waits: Backoff;
  #state: EngineState;
  #worker: EngineWorker | null = null;
  #nextClient = 1;
  #cancelRestart: (() => void) | null = null;
  #stopping: Promise<void> | null = null;
  #firstStart: { resolve(): void; reject(error: Error): void } | null = null;
  #refusal: EngineRefusedError | null = null;
  readonly #intake = new IntakeRelay((message, transfer) => this.#worker?.postMessage(message, transfer));
  #stopped: (() => void) | null = null;

  constructor(options: EngineOptions, dependencies: EngineHostDependencies) {
    const { clock, log, random } = dependencies;
    this.#options = options;
    this.#with = dependencies;
    this.#waits = backoff(BACKOFF, random);
    this.#states = new Emitter<EngineState>((error) =>
      log.error('a listener to engine states failed', { error }),
    );
    this.#state = { state: 'starting', since: clock.now() };
  }

  get state(): EngineState {
    return this.#state;
  }

  onState(listener: (state: EngineState) => void): () => void {
    return this.#states.on(listener);
  }

  /** Starts the thread for the first time; resolves when it is ready. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#firstStart = { resolve, reject };
      this.#spawn();
    });
  }

  connect(identity: ClientIdentity, deliver: (text: string) => void): ClientConnection {
    const client = this.#nextClient++;
    this.#clients.set(client, { identity, deliver });
    if (this.#state.state === 'running') this.#post({ t: 'connect', client, identity });
    else this.#tellLink(deliver);
    return {
      send: (text) => this.#post({ t: 'message', client, text }),
      close: () => {
        if (this.#clients.delete(client)) this.#post({ t: 'close', client });
      },
    };
  }

  intake(request: IntakeRequest): Promise<IntakeAnswer> {
    if (this.#state.state === 'running' && this.#stopping === null) return this.#intake.ask(request);
    return Promise.resolve(unavailable(WHY_NOT[this.#state.state]));
  }

  audit(actor: string, action: string, target: string, result: string): void {
    this.#post({ t: 'audit', entry: { actor, action, target, result } });
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  #spawn(): void {
    const start = this.#with.startWorker ?? startThread;
    const worker = start(this.#options);
    this.#worker = worker;
    worker.on('message', (message: FromEngine) => this.#receive(message, worker));
    worker.on('error', (error) => this.#with.log.error('the engine thread failed', { error }));
    worker.once('exit', () => {
      if (this.#worker === worker) this.#exited();
    });
  }

  #receive(message: FromEngine, worker: EngineWorker): void {
    switch (message.t) {
      case 'deliver':
        return this.#clients.get(message.client)?.deliver(message.text);
      case 'log':
        return this.#with.writeLogLine(message.line);
      case 'intakeAnswers':
        return this.#intake.answered(message.answers);
      case 'seal':
      case 'open':
        return answerSecret(message, this.#with, (answer) => worker.postMessage(answer));
      case 'ready':
        return this.#ready();
      case 'refused':
        this.#refusal = new EngineRefusedError(message.name, message.message);
        return;
      case 'stopped':
        return this.#stopped?.();
    }
  }

  #ready(): void {
    this.#setState({ state: 'running', since: this.#with.clock.now() });
    this.#waits.reset();
    for (const [client, { identity }] of this.#clients) this.#post({ t: 'connect', client, identity });
    this.#firstStart?.resolve();
    this.#firstStart = null;
  }

  #exited(): void {
    this.#worker = null;
    this.#intake.lost();
    if (this.#stopping !== null) return this.#stopped?.();
    const { clock, log } = this.#with;
    const reason = this.#refusal?.message ?? 'the engine stopped unexpectedly';
    if (this.#firstStart !== null) {
      this.#firstStart.reject(this.#refusal ?? new EngineRefusedError('Error', reason));
      this.#firstStart = null;
      return this.#setState({ state: 'failed', since: clock.now(), reason });
    }
    if (!this.#intensity.allows(clock.monotonic())) {
      log.error('the engine failed too often and is not restarted', { reason });
      return this.#down({
        state: 'failed',
        since: clock.now(),
        reason: `${reason}, more than 5 times in a minute`,
      });
    }
    this.#restartSoon(reason);
  }

  #restartSoon(reason: string): void {
    const { clock, log } = this.#with;
    this.#intensity.record(clock.monotonic());
    const before = this.#state;
    const attempt = before.state === 'restarting' ? before.attempt + 1 : 1;
    const since = before.state === 'restarting' ? before.since : clock.now();
    log.warn('the engine is restarted', { reason, attempt });
    this.#down({ state: 'restarting', since, reason, attempt });
    this.#cancelRestart = clock.after(this.#waits.next(), () => {
      this.#refusal = null;
      this.#spawn();
    });
  }

  #down(state: Extract<EngineState, { state: 'restarting' | 'failed' }>): void {
    this.#setState(state);
    for (const { deliver } of this.#clients.values()) this.#tellLink(deliver);
  }

  /** Tells a client why nothing comes; at the very first start it only has to wait. */
  #tellLink(deliver: (text: string) => void): void {
    const { state, since } = this.#state;
    const reason = 'reason' in this.#state ? this.#state.reason : 'the engine is starting';
    const link: LinkMessage = { t: 'link', state: state === 'failed' ? 'failed' : 'down', since, reason };
    deliver(JSON.stringify(link));
  }

  #setState(state: EngineState): void {
    this.#state = state;
    this.#states.emit(state);
  }

  #post(message: ToEngine): void {
    if (this.#state.state === 'running') this.#worker?.postMessage(message);
  }

  async #stop(): Promise<void> {
    const { clock, log } = this.#with;
    this.#cancelRestart?.();
    this.#firstStart?.reject(new EngineRefusedError('Error', 'the engine was stopped before it was ready'));
    this.#firstStart = null;
    const worker = this.#worker;
    if (worker !== null) {
      const ended = new Promise<void>((resolve) => {
        this.#stopped = resolve;
      });
      const cancel = clock.after(STOP_WITHIN_MS, () => {
        log.error('the engine did not stop in time and was ended', { withinMs: STOP_WITHIN_MS });
        this.#stopped?.();
      });
      worker.postMessage({ t: 'stop' } satisfies ToEngine);
      await ended;
      cancel();
      await worker.terminate();
    }
    this.#intake.lost();
    this.#clients.clear();
    this.#setState({ state: 'stopped', since: clock.now() });
  }
}

function startThread(options: EngineOptions): EngineWorker {
  return new Worker(workerEntry('engine-worker'), { workerData: options });
}
