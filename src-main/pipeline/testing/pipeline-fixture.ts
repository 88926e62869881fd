import { DEFAULT_SETTINGS } from '../../../src-contract/settings.ts';
import type { StreamIntake } from '../../../src-contract/intake.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import type { EntranceLimits } from '../entrance-options.ts';
import { IntakeHub } from '../intake-hub.ts';
import { LedgerCount } from '../ledger-count.ts';
import { PipelineStages } from '../stages/pipeline-stages.ts';
import { TimedStore } from './timed-store.ts';

const NOW = Date.parse('2026-06-15T12:00:00.000Z');

/** The limits of the engine. */
export const LIMITS: EntranceLimits = { batchEvents: 2000, lingerMs: 5, waiting: 8000 };

/** The pipeline of one environment under a clock that stands still, in front of a store that takes its time. */
export class PipelineFixture {
  readonly clock = new VirtualClock(NOW);
  readonly store = new TimedStore(this.clock);
  readonly stages: PipelineStages;
  readonly hub: IntakeHub;
  /** What reached the projections, in order. */
  readonly applied: JournalEvent[] = [];
  readonly latencies: { kind: 'commit' | 'projection'; us: number; events: number }[] = [];
  readonly #ledgers = new Map<string, LedgerCount>();
  #streams = 0;

  constructor(limits: EntranceLimits = LIMITS) {
    this.stages = new PipelineStages({
      clock: this.clock,
      demands: DEFAULT_SETTINGS.pipeline,
      batchEvents: limits.batchEvents,
      waiting: limits.waiting,
    });
    this.hub = new IntakeHub({
      env: 'dev',
      known: [],
      clock: this.clock,
      limits,
      stages: this.stages,
      baseCurrency: () => 'USD',
      ledgerOf: (source) => this.ledger(source),
      openStream: (stream) => {
        this.#streams += 1;
        return Promise.resolve({
          ...stream,
          incarnation: this.#streams,
          storedSeq: 0,
          active: true,
          gaps: [],
        });
      },
      commit: (batch) => this.store.commit(batch),
      recordGap: () => Promise.resolve(),
      passOver: () => Promise.resolve(),
      onCommitted: (_committed, events) => this.applied.push(...events),
      onLatency: (kind, us, events) => this.latencies.push({ kind, us, events }),
      onFailure: () => undefined,
      retryDelay: () => 20,
    });
  }

  /** The ledger of a source. */
  ledger(source: string): LedgerCount {
    const known = this.#ledgers.get(source) ?? new LedgerCount();
    this.#ledgers.set(source, known);
    return known;
  }

  /** Opens a stream of a source that has its name. */
  open(source: string): Promise<StreamIntake> {
    return this.hub.of(source).openStream({ name: source, createdAt: 0 });
  }

  /** Lets time pass until everything offered is committed and applied. */
  async drain(): Promise<void> {
    const drained = this.hub.drained().then(() => 'drained' as const);
    for (let turn = 0; turn < 10_000; turn += 1) {
      const passed = this.clock.advance(20).then(() => 'time passed' as const);
      if ((await Promise.race([drained, passed])) === 'drained') return await passed.then(() => undefined);
      await passed;
    }
    throw new Error('the pipeline is not drained after 200 s');
  }
}
