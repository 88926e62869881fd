import { STAGE_IDS, type Stage, type StageId } from '../../../src-contract/analytics.ts';
import { MAX_PACKED_EVENTS } from '../../../src-contract/event-bodies.ts';
import type { PipelineSettings, StageDemand } from '../../../src-contract/settings.ts';
import type { Clock } from '../../lib/clock.ts';
import { CommitGate } from './commit-gate.ts';
import { heldUpBy, type JudgedStage } from './held-up-by.ts';
import { WorkStage } from './work-stage.ts';

/** What each stage but the first has in hand. */
export type StageDemands = Omit<PipelineSettings, 'shards'>;

/** What the stages of an environment work with. */
export interface PipelineStagesOptions {
  clock: Clock;
  demands: StageDemands;
  /** The most messages or events of a batch, a packed message apart. */
  batchEvents: number;
  /** Messages a stream may have waiting. */
  waiting: number;
}

/** The stage that holds the pipeline up since a moment, UTC milliseconds, and why in words. */
export interface Bottleneck {
  stage: StageId;
  since: number;
  why: string;
}

/**
 * Above so many events, for each message that a stream may have waiting, the stage before `commit` halts: unless it packs,
 * one stream alone never gets there.
 */
const COMMITS_FILL_UP_TO = 1.5;

/**
 * The four stages of an environment, which its streams share. Each asks for what it can take: what waits before one that
 * does not take more is bounded, and then the one before it halts, up to the sources. While nothing holds them up, messages
 * go through `receive` and `transform` without waiting: {@link open}.
 */
export class PipelineStages {
  /** Whether messages may go past the queues of the first two stages. A field, because every message asks. */
  open = true;
  readonly commit: CommitGate;
  readonly #options: PipelineStagesOptions;
  readonly #receive: WorkStage;
  readonly #transform: WorkStage;
  readonly #aggregate: WorkStage;
  #streams = 0;
  #received = 0;
  #failing: string | null = null;
  #bottleneck: Bottleneck | null = null;

  constructor(options: PipelineStagesOptions) {
    const { clock, demands } = options;
    this.#options = options;
    this.#aggregate = new WorkStage({
      clock,
      demand: demands.aggregate,
      mayPass: () => true,
      onChange: () => this.#aggregated(),
    });
    this.commit = new CommitGate({
      clock,
      demand: demands.commit,
      mayPass: (events) => this.#aggregate.size + events <= this.#aggregateLimit,
      onChange: () => this.#commitsChanged(),
    });
    this.#transform = new WorkStage({
      clock,
      demand: demands.transform,
      mayPass: () => this.#commitsTakeMore,
      onChange: () => this.#receive.pump(),
    });
    this.#receive = new WorkStage({
      clock,
      demand: this.#receiveDemand,
      mayPass: () => this.#transform.size < this.#waitingLimit,
      onChange: () => this.#transform.pump(),
    });
  }

  /** Another stream goes through the stages: what may wait is so much more. */
  join(): void {
    this.#streams += 1;
  }

  /** Messages of one tick were handed over and, unless they were held, checked, in this period; checking took `checkMs`. */
  arrived(messages: number, from: number, to: number, checkMs: number): void {
    this.#received += messages;
    if (!this.open) return;
    const checked = Math.min(to, from + checkMs);
    this.#transform.meter.worked(from, checked);
    this.#transform.meter.finished(from, checked);
    this.#receive.meter.worked(checked, to);
    this.#receive.meter.finished(checked, to);
    this.#receive.meter.passed(to, messages);
  }

  /** Does the work of `transform` for a message when it is its turn. */
  hold(run: () => void): void {
    this.#receive.add(1, () => {
      this.#receive.meter.passed(this.#options.clock.monotonic(), 1);
      this.#transform.add(1, run);
    });
    this.#receive.pump();
    this.#findOut();
  }

  /** A batch left `transform`. */
  transformed(events: number, rejected: number): void {
    this.#transform.meter.passed(this.#options.clock.monotonic(), events);
    this.#transform.meter.rejected += rejected;
  }

  /** A batch with so many new events was committed: `apply` is called when `aggregate` takes it, in the order of these calls. */
  committed(weight: number, events: number, apply: () => void): void {
    this.#aggregate.add(weight, () => {
      apply();
      this.#aggregate.meter.passed(this.#options.clock.monotonic(), events);
    });
    this.#aggregate.pump();
  }

  /** The store refuses batches, in words, or takes them again: null. */
  failing(words: string | null): void {
    this.#failing = words;
  }

  /** Makes each batch of a stage take so many milliseconds longer; 0 ends that. */
  slow(stage: StageId, ms: number): void {
    this.#stageOf(stage).slow(ms);
    this.#commitsChanged();
  }

  /** Ends every drill: what waits goes on at once. */
  lift(): void {
    for (const stage of [...STAGE_IDS].reverse()) this.slow(stage, 0);
  }

  /** From now on a stage asks for more below `min` and never has more than `max` in hand. */
  demand(stage: keyof StageDemands, demand: StageDemand): void {
    this.#stageOf(stage).demand = demand;
  }

  /** Resolves when everything that is committed by now has reached the projections. */
  applied(): Promise<void> {
    if (this.#aggregate.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#aggregate.add(0, resolve);
      this.#aggregate.pump();
    });
  }

  /** Ends its timers and forgets what waits. */
  stop(): void {
    for (const stage of [this.#receive, this.#transform, this.#aggregate]) stage.stop();
    this.commit.stop();
  }

  /** The stages in the order of the flow. */
  read(): Stage[] {
    const { clock } = this.#options;
    const now = clock.monotonic();
    return this.#all().map(({ id, title, stage, limit, demand, passedIn }) => {
      const { meter } = stage;
      const { perSecond, busy } = meter.recent(now);
      return {
        id,
        title,
        queue: { size: stage.size, limit, high_water: meter.highWater },
        in: passedIn,
        out: meter.out,
        rejected: meter.rejected,
        per_second: Math.round(perSecond * 10) / 10,
        busy: Math.round(busy * 1000) / 1000,
        p95_us: meter.percentile(95),
        demand,
        slowed_ms: stage.slowedMs,
      };
    });
  }

  /** The stage that holds the others up; null while none does. */
  bottleneck(): Bottleneck | null {
    const now = this.#options.clock.monotonic();
    const judged = this.#all().map(({ id, stage, limit }): JudgedStage => ({
      id,
      ...stage.meter.pressure(now),
      slowedMs: stage.slowedMs,
      queue: { size: stage.size, limit },
      failing: id === 'commit' ? this.#failing : null,
    }));
    const found = heldUpBy(judged);
    const before = this.#bottleneck;
    this.#bottleneck =
      found === null
        ? null
        : { ...found, since: before?.stage === found.stage ? before.since : this.#options.clock.now() };
    return this.#bottleneck;
  }

  #all(): {
    id: StageId;
    title: string;
    stage: WorkStage | CommitGate;
    limit: number;
    demand: StageDemand;
    passedIn: number;
  }[] {
    const receive = this.#receive;
    const transform = this.#transform;
    const { commit } = this;
    const aggregate = this.#aggregate;
    const waiting = this.#waitingLimit;
    return [
      {
        id: 'receive',
        title: 'Receive',
        stage: receive,
        limit: waiting,
        demand: this.#receiveDemand,
        passedIn: this.#received,
      },
      {
        id: 'transform',
        title: 'Check',
        stage: transform,
        limit: waiting,
        demand: transform.demand,
        passedIn: receive.meter.out,
      },
      {
        id: 'commit',
        title: 'Commit',
        stage: commit,
        limit: this.#commitLimit,
        demand: commit.demand,
        passedIn: transform.meter.out + transform.meter.rejected,
      },
      {
        id: 'aggregate',
        title: 'Aggregate',
        stage: aggregate,
        limit: this.#aggregateLimit,
        demand: aggregate.demand,
        passedIn: commit.meter.out,
      },
    ];
  }

  #stageOf(id: StageId): WorkStage | CommitGate {
    return this.#all().find((stage) => stage.id === id)?.stage ?? this.commit;
  }

  #commitsChanged(): void {
    this.#transform.pump();
    this.#findOut();
  }

  #aggregated(): void {
    this.commit.wake();
    this.#findOut();
  }

  #findOut(): void {
    this.open = this.#receive.isClear && this.#transform.isClear && this.#commitsTakeMore;
  }

  /** What `receive` has in hand is no setting: a batch. */
  get #receiveDemand(): StageDemand {
    const { batchEvents } = this.#options;
    return { min: Math.ceil(batchEvents / 2), max: batchEvents };
  }

  /** Messages that may wait before each of the first two stages: what all streams have room for. */
  get #waitingLimit(): number {
    return this.#options.waiting * Math.max(1, this.#streams);
  }

  get #commitsTakeMore(): boolean {
    return this.commit.size <= COMMITS_FILL_UP_TO * this.#options.waiting;
  }

  /** What the stage before may add when it sees room: a packed message, and the batch of every stream. */
  get #commitLimit(): number {
    const { batchEvents, waiting } = this.#options;
    return COMMITS_FILL_UP_TO * waiting + MAX_PACKED_EVENTS + batchEvents * Math.max(1, this.#streams);
  }

  get #aggregateLimit(): number {
    return Math.max(MAX_PACKED_EVENTS, this.#options.batchEvents);
  }
}
