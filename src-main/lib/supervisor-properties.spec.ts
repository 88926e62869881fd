import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stoppable } from './disposables.ts';
import { seededRandom } from './random.ts';
import type { RestartPolicy, ServiceContext, ServiceState } from './service.ts';
import { Supervisor } from './supervisor.ts';
import { VirtualClock } from './virtual-clock.ts';

const LIMIT = { restarts: 3, withinMs: 2_000 };
const IDS = ['a', 'b', 'c'] as const;
const PERMANENT: [RestartPolicy, RestartPolicy, RestartPolicy] = ['permanent', 'permanent', 'permanent'];
type Id = (typeof IDS)[number];

const on = { id: fc.constantFrom(...IDS) };
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ ...on, do: fc.constantFrom('fail', 'fail old', 'finish') }) },
  {
    weight: 2,
    arbitrary: fc.record({ ...on, do: fc.constantFrom('add', 'remove', 'restart', 'break start') }),
  },
  { weight: 4, arbitrary: fc.record({ ms: fc.integer({ min: 1, max: 900 }) }) },
);
type Step = { id: Id; do: string } | { ms: number };

const policy = fc.constantFrom<RestartPolicy>('permanent', 'transient', 'temporary');

/** How the services behave: milliseconds their starts and stops take, and their policies, by id. */
const manner = fc.record({
  startMs: fc.tuple(fc.nat(40), fc.nat(40), fc.constant(0)),
  stopMs: fc.tuple(fc.nat(40), fc.constant(0), fc.nat(40)),
  policies: fc.tuple(policy, policy, policy),
});
type Manner = typeof manner extends fc.Arbitrary<infer T> ? T : never;

interface Run {
  readonly id: Id;
  readonly context: ServiceContext;
  handles: number;
  stops: number;
}

/** Drives a supervisor by a script and writes down all that happens. */
class Stage {
  readonly clock = new VirtualClock(50_000);
  readonly runs: Run[] = [];
  readonly log: (ServiceState & { readonly at: number })[] = [];
  /** Every start in order; `clean` ones stand for a record that begins anew: added, or restarted by hand. */
  readonly journal: { id: Id; at: number; what: 'clean' | 'start' }[] = [];
  readonly #manner: Manner;
  readonly #broken = new Set<Id>();
  readonly supervisor: Supervisor;

  constructor(how: Manner, seed: number) {
    this.#manner = how;
    this.supervisor = new Supervisor({
      clock: this.clock,
      random: seededRandom(seed),
      intensity: LIMIT,
      onChange: (state) => void this.log.push({ ...state, at: this.clock.now() }),
    });
    for (const id of IDS) this.#add(id);
  }

  async play(script: readonly Step[]): Promise<void> {
    for (const next of script) {
      if ('ms' in next) await this.clock.advance(next.ms);
      else this.#act(next.id, next.do);
    }
  }

  async end(): Promise<void> {
    const stopping = this.supervisor.stop();
    await this.clock.advance(10_000);
    await stopping;
  }

  #act(id: Id, action: string): void {
    const runs = this.runs.filter((run) => run.id === id);
    if (action === 'fail') runs.at(-1)?.context.fail(new Error('scripted'));
    if (action === 'fail old') runs.at(-2)?.context.fail(new Error('old'));
    if (action === 'finish') runs.at(-1)?.context.finish();
    if (action === 'break start') this.#broken.add(id);
    if (action === 'add') this.#add(id);
    if (action === 'remove') void this.supervisor.remove(id);
    if (action === 'restart' && this.supervisor.get(id) !== undefined) {
      this.#note(id, 'clean');
      void this.supervisor.restart(id);
    }
  }

  #note(id: Id, what: 'clean' | 'start'): void {
    this.journal.push({ id, at: this.clock.now(), what });
  }

  /** When a service was started again by its supervisor, one list for each clean record. */
  restartsOf(id: Id): number[][] {
    const lists: number[][] = [];
    for (const { at, what } of this.journal.filter((entry) => entry.id === id)) {
      if (what === 'clean') lists.push([]);
      else lists.at(-1)?.push(at);
    }
    return lists.map(([, ...again]) => again);
  }

  #add(id: Id): void {
    if (this.supervisor.get(id) !== undefined) return;
    this.#note(id, 'clean');
    const restart = this.#manner.policies[IDS.indexOf(id)] ?? 'permanent';
    this.supervisor.add({ id, title: id, restart, start: (context) => this.#start(id, context) });
  }

  #start(id: Id, context: ServiceContext): Stoppable | Promise<Stoppable> {
    const run: Run = { id, context, handles: 0, stops: 0 };
    this.runs.push(run);
    this.#note(id, 'start');
    if (this.#broken.delete(id)) throw new Error('broken start');
    const index = IDS.indexOf(id);
    const handle = (): Stoppable => {
      run.handles += 1;
      return {
        stop: async () => {
          run.stops += 1;
          await this.clock.sleep(this.#manner.stopMs[index] ?? 0);
        },
      };
    };
    const startMs = this.#manner.startMs[index] ?? 0;
    return startMs === 0 ? handle() : this.clock.sleep(startMs).then(handle);
  }
}

async function staged(how: Manner, seed: number, script: readonly Step[]): Promise<Stage> {
  const stage = new Stage(how, seed);
  await stage.play(script);
  await stage.end();
  return stage;
}

const script = fc.array(step, { maxLength: 60 });
const failures = fc.array(fc.record({ ms: fc.integer({ min: 200, max: 900 }) }), {
  minLength: 10,
  maxLength: 40,
});

describe('a supervisor under any script of failures, restarts and removals', () => {
  it('never restarts a service more often than its intensity allows', async () => {
    await fc.assert(
      fc.asyncProperty(manner, fc.nat(), script, async (how, seed, steps) => {
        const stage = await staged(how, seed, steps);
        for (const restarts of IDS.flatMap((id) => stage.restartsOf(id))) {
          restarts.slice(LIMIT.restarts).forEach((at, index) => {
            expect(at - (restarts[index] ?? 0)).toBeGreaterThanOrEqual(LIMIT.withinMs);
          });
        }
      }),
    );
  });

  it('restarts a permanent service until its intensity is used up, then marks it failed for good', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), failures, async (seed, pauses) => {
        const stage = new Stage({ startMs: [0, 0, 0], stopMs: [0, 0, 0], policies: PERMANENT }, seed);
        await stage.play(pauses.flatMap((pause) => [{ id: 'a', do: 'fail' } as const, pause]));
        const restarts = stage.restartsOf('a').flat();
        expect(restarts.length).toBeGreaterThanOrEqual(LIMIT.restarts);
        const seen = stage.log.filter((change) => change.id === 'a').map((change) => change.state);
        if (seen.includes('failed')) expect(seen.at(-1)).toBe('failed');
        else expect(restarts.length).toBeGreaterThan(LIMIT.restarts);
        await stage.end();
      }),
    );
  });

  it('leaves nothing behind: no timer, and every handle stopped exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(manner, fc.nat(), script, async (how, seed, steps) => {
        const stage = await staged(how, seed, steps);
        expect(stage.clock.pending).toBe(0);
        for (const run of stage.runs) expect(run.stops).toBe(run.handles);
        for (const state of stage.supervisor.states()) expect(state.state).toBe('stopped');
      }),
    );
  });

  it('does to one service what it would do were the others never touched', async () => {
    await fc.assert(
      fc.asyncProperty(manner, fc.nat(), script, async (how, seed, steps) => {
        const states = async (played: readonly Step[]): Promise<unknown[]> => {
          const stage = new Stage(how, seed);
          await stage.play(played);
          const seen = stage.log.filter((change) => change.id === 'a');
          await stage.end();
          return seen;
        };
        const alone = steps.filter((next) => 'ms' in next || next.id === 'a');
        expect(await states(steps)).toEqual(await states(alone));
      }),
    );
  });
});
