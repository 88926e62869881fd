import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUN_LIMITS } from '../../../src-contract/invoice.ts';
import { ContractError } from '../../../src-contract/result.ts';
import { invoiceNumber } from './invoice-maker.ts';
import { RunModel } from './testing/run-model.ts';
import { SimulatorStage } from './testing/simulator-stage.ts';

const rate = fc.constantFrom(0.5, 1, 1.5, 2, 3, 5, 7, 8, 12.5, 20);
const given = fc.record(
  { rate_per_s: rate, display_rate_per_s: rate, duration_s: fc.integer({ min: 1, max: 20 }) },
  { requiredKeys: [] },
);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ wait: fc.integer({ min: 0, max: 6000 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('start' as const), given }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rates' as const), given }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constantFrom('stop', 'stop', 'reset', 'undo', 'pause', 'go on', 'go on', 'restart'),
    }),
  },
);
type Step = { wait: number } | { do: 'start' | 'rates'; given: object } | { do: string };

/** Milliseconds more: floating point may put a timer of 1.5 per second just behind the whole millisecond it is meant for. */
const A_HAIR = 1e-9;

/** Drives a simulator and its model by the same script, and compares them. */
class Duet {
  readonly stage: SimulatorStage;
  model = new RunModel();
  #before: { model: RunModel; at: number } | null = null;
  #paused = false;

  constructor(stage: SimulatorStage) {
    this.stage = stage;
  }

  async play(next: Step): Promise<void> {
    if ('wait' in next) await this.#wait(next.wait);
    else await this.#act(next.do, 'given' in next ? next.given : {});
    this.compare();
  }

  compare(): void {
    const { status } = this.stage.coordinator;
    const { state, produced, shown, waiting } = status;
    expect(produced).toBe(shown + waiting);
    expect(waiting).toBeGreaterThanOrEqual(0);
    expect(this.model.settle(state, shown), `${state} with ${shown} shown`).toBe(true);
    expect(produced).toBe(this.model.produced);
    if (state === 'running') expect(status.planned).toBe(this.model.planned);
  }

  async #wait(ms: number): Promise<void> {
    await this.stage.clock.advance(ms + A_HAIR);
    for (let passed = 0; passed < ms && !this.#paused; passed += 1) this.model.pass();
  }

  async #act(action: string, figures: object): Promise<void> {
    const { stage } = this;
    if (action === 'restart') {
      await stage.end();
      await stage.startAgain(!this.#paused);
      this.model.load();
    } else if (action === 'pause' || action === 'go on') {
      this.#paused = action === 'pause';
      await stage.coordinator.setActive(!this.#paused);
    } else {
      const code = await this.#command(action, figures);
      expect([action, code]).toEqual([action, this.#expected(action, figures)]);
    }
  }

  async #command(action: string, figures: object): Promise<string> {
    const { coordinator } = this.stage;
    try {
      if (action === 'start') await coordinator.start(figures);
      else if (action === 'rates') await coordinator.rates(figures);
      else if (action === 'stop') await coordinator.stop();
      else if (action === 'reset') await coordinator.reset();
      else await coordinator.undo();
      return 'done';
    } catch (error) {
      if (error instanceof ContractError) return error.code;
      throw error;
    }
  }

  /** Does the same to the model; answers how the command must end. */
  #expected(action: string, figures: object): string {
    const { state } = this.model;
    const isUnderWay = state === 'running' || state === 'draining';
    const isAllowed = {
      start: state !== 'running',
      rates: isUnderWay,
      stop: state === 'running',
      reset: state !== 'running',
      undo: this.#before !== null && this.stage.clock.now() < this.#before.at + 30_000,
    }[action];
    if (this.#paused || isAllowed !== true) return 'conflict';
    if (action === 'start') return this.#start(figures);
    if (action === 'rates') this.model.rates(figures);
    else if (action === 'stop') this.model.stop();
    else if (action === 'undo') this.#undo();
    else if (state !== 'idle') this.#reset();
    return 'done';
  }

  #start(figures: object): string {
    const isNew = this.model.state !== 'draining';
    if (!this.model.start(figures)) return 'invalid_argument';
    if (isNew) this.#before = null;
    return 'done';
  }

  #reset(): void {
    this.#before = { model: this.model.copy(), at: this.stage.clock.now() };
    this.model.reset();
  }

  #undo(): void {
    this.model = this.#before?.model ?? this.model;
    this.model.load();
    this.#before = null;
  }
}

describe('the simulator under any script', () => {
  it('produces and shows what its model does, at every moment', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 80 }), async (script) => {
        const stage = await SimulatorStage.open();
        const duet = new Duet(stage);
        for (const next of script) await duet.play(next);
        await stage.end();
        expect(stage.journal.map(({ number }) => number)).toEqual(
          stage.journal.map((_, index) => invoiceNumber(index + 1)),
        );
        expect(stage.stream.repeated).toBe(0);
        expect(stage.clock.pending).toBe(0);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('loses nothing at high rates, whatever is stopped, started, paused and changed meanwhile', async () => {
    const fast = fc.integer({ min: 21, max: RUN_LIMITS.rate_per_s.maximum });
    const script = fc.array(
      fc.record({
        wait: fc.integer({ min: 0, max: 1500 }),
        do: fc.constantFrom('stop', 'start', 'pause', 'go on', 'restart', 'rates'),
        given: fc.record({ rate_per_s: fast, display_rate_per_s: fast }, { requiredKeys: [] }),
      }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const stage = await SimulatorStage.open();
        await stage.coordinator.start({ rate_per_s: 1000, display_rate_per_s: 1000, duration_s: 3 });
        for (const { wait, do: action, given: figures } of steps) {
          await stage.clock.advance(wait);
          await act(stage, action, figures);
          const { produced, shown, waiting } = stage.coordinator.status;
          expect([produced, shown]).toEqual([stage.producedIn(1), stage.shown.get(1) ?? 0]);
          expect(produced).toBe(shown + waiting);
        }
        await stage.coordinator.setActive(true);
        await stage.clock.advance(3 * 3_600_000);
        const { state, shown } = stage.coordinator.status;
        expect([state, shown]).toEqual(['finished', stage.journal.length]);
        await stage.end();
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

async function act(stage: SimulatorStage, action: string, figures: object): Promise<void> {
  const { coordinator } = stage;
  if (action === 'restart') {
    await stage.end();
    return stage.startAgain();
  }
  if (action === 'pause' || action === 'go on') return coordinator.setActive(action === 'go on');
  const isAllowed =
    coordinator.status.note?.startsWith('paused') !== true && isPossible(coordinator.status.state, action);
  if (!isAllowed) return;
  if (action === 'stop') await coordinator.stop();
  else if (action === 'start') await coordinator.start(figures);
  else await coordinator.rates(figures);
}

/** Leaves new runs out: there is one in all. */
function isPossible(state: string, action: string): boolean {
  if (action === 'start') return state === 'draining';
  return action === 'stop' ? state === 'running' : state === 'running' || state === 'draining';
}
