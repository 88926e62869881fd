import type { StreamIntake } from '../../../src-contract/intake.ts';
import { MAX_UNKNOWN } from '../../../src-contract/polling.ts';
import { toTimestampOrNull } from '../../../src-contract/timestamp.ts';
import { StopStack } from '../../lib/disposables.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { SourceStatus } from '../source.ts';
import { StatusCell } from '../status-cell.ts';
import type { NextPoll } from './next-poll.ts';
import type { PollAnswer } from './answer-words.ts';
import { PollPace } from './poll-pace.ts';
import { pollRound, type PollRound } from './poll-round.ts';
import { PolledRows } from './polled-rows.ts';
import { stockClient } from './stock-client.ts';
import type { StockHttp } from './stock-http.ts';
import type { PollingView, StockQuote, StockSource, StockSourceOptions } from './stock-source-options.ts';
import { stockStatus } from './stock-status.ts';
import { watchTimeJumps } from './time-jumps.ts';

const LONGEST_CALL_MS = 4000;
/** A call ends well before the next poll is due. */
const CALL_SHARE = 0.8;

/**
 * Starts polling a stock API: what is wanted, batched, through the breaker, each quote once, to the intake it is given.
 * Throws a StockApiError when the CA certificate cannot be read.
 */
export function startStockSource(options: StockSourceOptions): StockSource {
  const timeoutMs = Math.min(LONGEST_CALL_MS, Math.max(1, options.baseSeconds) * 1000 * CALL_SHARE);
  const http = options.http ?? stockClient({ api: options.api, clock: options.clock, timeoutMs });
  const poller = new StockPoller(options, http);
  poller.start();
  return poller;
}

class StockPoller implements StockSource {
  readonly #options: StockSourceOptions;
  readonly #http: StockHttp;
  readonly #url: URL;
  readonly #status: StatusCell;
  readonly #changes: Emitter<null>;
  readonly #stopping = new AbortController();
  readonly #stops: StopStack;
  readonly #pace: PollPace;
  #stream: StreamIntake | null = null;
  #rows: PolledRows | null = null;
  #work: Promise<void> = Promise.resolve();
  #isPolling = false;
  #cancelTimer: () => void = () => undefined;
  #plan: NextPoll = { idle: 'starting' };
  #wanted: ReadonlySet<string> = new Set();
  #calls = 0;
  #failure: string | null = null;
  #answer: PollAnswer | null = null;
  #hasToldIgnored = false;
  /** UTC milliseconds. */
  #lastPollAt: number | null = null;
  #lastSuccessAt: number | null = null;
  #nextPollAt: number | null = null;

  constructor(options: StockSourceOptions, http: StockHttp) {
    const { api, clock, log } = options;
    this.#options = options;
    this.#http = http;
    this.#url = new URL(api.url);
    this.#pace = new PollPace(options);
    this.#status = new StatusCell({ state: 'connecting', since: clock.now(), detail: 'starting' }, log);
    this.#changes = new Emitter((error) => {
      log.error('a listener of the polling failed', { error });
    });
    this.#stops = new StopStack();
  }

  get status(): SourceStatus {
    return this.#status.current;
  }

  onStatus(listener: (status: SourceStatus) => void): () => void {
    return this.#status.on(listener);
  }

  onPolling(listener: () => void): () => void {
    return this.#changes.on(listener);
  }

  knownSymbols(): Iterable<string> {
    return this.#rows?.known ?? [];
  }

  polling(): PollingView {
    const { api, faults } = this.#options;
    const { ms, reason } = this.#pace.interval(this.#wanted.size);
    return {
      api: { kind: api.kind, url: `${this.#url.origin}${this.#url.pathname}` },
      interval_ms: ms,
      interval_reason: 'idle' in this.#plan ? `no calls: ${this.#plan.idle}` : reason,
      symbols: this.#wanted.size,
      calls: this.#calls,
      rows_accepted: this.#rows?.accepted ?? 0,
      rows_rejected: this.#rows?.rejected ?? 0,
      unknown_symbols: (this.#answerNow?.missing ?? []).slice(0, MAX_UNKNOWN),
      last_reject: this.#rows?.lastReject ?? null,
      last_poll_at: toTimestampOrNull(this.#lastPollAt),
      last_success_at: toTimestampOrNull(this.#lastSuccessAt),
      next_poll_at: toTimestampOrNull(this.#nextPollAt),
      faults: faults(),
    };
  }

  /** Opens its stream and begins. */
  start(): void {
    const { breaker, clock } = this.#options;
    this.#stops.defer(() => this.#http.close());
    this.#stops.defer(() => this.#work);
    this.#stops.defer(() => this.#cancelTimer());
    this.#stops.defer(
      breaker.onTransition(({ from, to }) => {
        if (to === 'closed' && from !== 'half_open') this.#pace.hurry();
        this.#planNext();
      }),
    );
    this.#stops.defer(
      watchTimeJumps(clock, () => {
        this.#pace.hurry();
        this.#planNext();
      }),
    );
    this.#work = this.#open().catch((error: unknown) => this.#failed(error));
  }

  wake(): void {
    this.#planNext();
  }

  stop(): Promise<void> {
    this.#stopping.abort(new Error('the stock source was stopped'));
    return this.#stops.stop();
  }

  async #open(): Promise<void> {
    const { intake, api, clock, lastAsOf } = this.#options;
    // The mock's port changes from start to start; its prices are of one stream all the same.
    const name = api.kind === 'mock' ? 'mock stock API' : this.#url.origin;
    const stream = await intake.openStream({ name, createdAt: 0 });
    if (this.#stopping.signal.aborted) return;
    this.#stream = stream;
    this.#rows = new PolledRows(stream, clock, lastAsOf);
    this.#stops.defer(stream.onRoom(() => this.#planNext()));
    this.#planNext();
  }

  /** Looks at everything anew and sets the timer for the next poll. */
  #planNext(): void {
    const { mayPoll, breaker, clock, wanted } = this.#options;
    if (this.#stream === null || this.#stopping.signal.aborted) return;
    this.#cancelTimer();
    this.#wanted = new Set(wanted());
    this.#plan = this.#pace.next({
      wanted: this.#wanted,
      mayPoll: mayPoll(),
      hasRoom: this.#stream.room > 0,
      isProbe: breaker.state === 'open',
      refusesForMs: breaker.refusesForMs,
    });
    this.#nextPollAt = null;
    if (!this.#isPolling && 'inMs' in this.#plan) {
      this.#nextPollAt = Math.round(clock.now() + this.#plan.inMs);
      this.#cancelTimer = clock.after(this.#plan.inMs, () => this.#due());
    }
    this.#tell();
  }

  /** A timer may fire early, and whether this instance may poll can end without any event: so it is planned once more. */
  #due(): void {
    this.#planNext();
    if (this.#isPolling || !('inMs' in this.#plan) || this.#plan.inMs > 0) return;
    this.#cancelTimer();
    this.#isPolling = true;
    this.#work = this.#poll()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#isPolling = false;
        this.#planNext();
      });
  }

  async #poll(): Promise<void> {
    const { breaker, clock } = this.#options;
    const [stream, rows] = [this.#stream, this.#rows];
    if (stream === null || rows === null) return;
    this.#lastPollAt = clock.now();
    this.#nextPollAt = null;
    this.#pace.began(this.#wanted);
    rows.keep(this.#wanted);
    this.#tell();
    const round = await pollRound({
      symbols: this.#wanted,
      http: this.#http,
      breaker,
      rows,
      hasRoom: () => stream.room > 0,
      now: () => clock.now(),
      onCall: () => (this.#calls += 1),
      signal: this.#stopping.signal,
    });
    this.#ended(round);
    if (round.quotes.length > 0) this.#handOn(round.quotes, stream);
  }

  /** Once they are stored. Nobody waits for that, so that a store which takes its time delays neither polls nor a stop. */
  #handOn(quotes: readonly StockQuote[], stream: StreamIntake): void {
    const { onQuotes, log } = this.#options;
    stream
      .drained()
      .then(() => {
        if (!this.#stopping.signal.aborted) onQuotes(quotes);
      })
      .catch((error: unknown) => log.error('polled quotes could not be handed on', { error }));
  }

  #failed(error: unknown): void {
    if (!this.#stopping.signal.aborted) this.#options.fail(error);
  }

  #ended({ answered, answer, failure, limited }: PollRound): void {
    this.#failure = failure;
    if (answered > 0) this.#answer = { ...answer, lastReject: this.#rows?.lastReject ?? null };
    this.#tellIgnored();
    if (limited !== null) this.#pace.limited(limited.retryAfterMs);
    if (answered === 0) return;
    this.#lastSuccessAt = this.#options.clock.now();
    if (limited === null) this.#pace.succeeded();
  }

  /** What the last answers held, of what is still wanted. */
  get #answerNow(): PollAnswer | null {
    if (this.#answer === null) return null;
    return { ...this.#answer, missing: this.#answer.missing.filter((symbol) => this.#wanted.has(symbol)) };
  }

  #tellIgnored(): void {
    const ignored = this.#rows?.ignored ?? 0;
    if (ignored === 0 || this.#hasToldIgnored) return;
    this.#hasToldIgnored = true;
    this.#options.log.info('the stock API sends symbols that were not asked for; they are left out', {
      rows: ignored,
    });
  }

  #tell(): void {
    const { breaker, clock, problem } = this.#options;
    const situation = {
      host: this.#url.host,
      idle: 'idle' in this.#plan ? this.#plan.idle : null,
      breaker: breaker.view,
      nextProbeAt: breaker.nextProbeAt,
      failure: this.#failure,
      problem: problem?.() ?? null,
      nextPollAt: this.#nextPollAt,
      answer: this.#answerNow,
      hasSucceeded: this.#lastSuccessAt !== null,
      symbols: this.#wanted.size,
      intervalMs: this.#pace.interval(this.#wanted.size).ms,
    };
    this.#status.set(stockStatus(situation, this.#status.current, clock.now()));
    this.#changes.emit(null);
  }
}
