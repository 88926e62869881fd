import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAGE_IDS } from '../../../src-contract/analytics.ts';
import type { IntakeAnswer, StreamIntake } from '../../../src-contract/intake.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { RuntimeFixture } from '../testing/runtime-fixture.ts';

/** Of a hundred events five are bad, and some bear one of a few names. */
const event = fc.oneof(
  {
    weight: 75,
    arbitrary: fc.record({ type: fc.constantFrom('page_view', 'purchase'), value: fc.nat(100) }),
  },
  {
    weight: 20,
    arbitrary: fc.record({ type: fc.constant('named'), id: fc.constantFrom('a', 'b', 'c', 'd') }),
  },
  { weight: 5, arbitrary: fc.record({ type: fc.constantFrom('', 7) }) },
);
const events = fc.array(event, { minLength: 1, maxLength: 30 });

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('nats' as const), events }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('packed' as const), events }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('http' as const), events }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('websocket' as const), event }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(60) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('slow' as const),
      stage: fc.constantFrom(...STAGE_IDS),
      ms: fc.constantFrom(0, 20),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('refuse' as const), why: fc.constantFrom('disk full', null) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
interface Sent {
  type: unknown;
  id?: string;
}

/** One environment that is fed from everywhere, with what has been sent to it. */
class Feeding {
  readonly sent: Sent[] = [];
  readonly answers: Promise<IntakeAnswer>[] = [];
  refusal: string | null = null;
  readonly #fixture: RuntimeFixture;
  readonly #runtime: EnvironmentRuntime;
  readonly #stream: StreamIntake;

  private constructor(fixture: RuntimeFixture, runtime: EnvironmentRuntime, stream: StreamIntake) {
    this.#fixture = fixture;
    this.#runtime = runtime;
    this.#stream = stream;
  }

  static async of(fixture: RuntimeFixture, runtime: EnvironmentRuntime): Promise<Feeding> {
    return new Feeding(
      fixture,
      runtime,
      await runtime.hub.of('nats').openStream({ name: 'S', createdAt: 1 }),
    );
  }

  async take(next: Step): Promise<void> {
    if (next.do === 'wait') return this.#fixture.clock.advance(next.ms);
    if (next.do === 'slow') return this.#runtime.stages.slow(next.stage, next.ms);
    if (next.do === 'refuse') {
      this.refusal = next.why;
      return;
    }
    if (next.do === 'websocket')
      return this.#ask('websocket', { event: 'new_event', payload: next.event }, [next.event]);
    if (next.do === 'http') return this.#ask('http', next.events, next.events);
    this.#publish(next.do === 'packed' ? [next.events] : next.events);
    this.sent.push(...next.events);
  }

  /** Received is stored, repeated, rejected or waiting, in every source. */
  expectBalanced(): void {
    for (const { count } of this.#runtime.ledgers()) {
      const { received, stored, repeated, rejected, waiting } = count.read();
      expect(received).toBe(stored + repeated + rejected + waiting);
    }
  }

  /** What the sources have come to together. */
  sums() {
    const sums = { received: 0, stored: 0, repeated: 0, rejected: 0, waiting: 0 };
    for (const { count } of this.#runtime.ledgers()) {
      const read = count.read();
      for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += read[key];
    }
    return sums;
  }

  #publish(bodies: readonly unknown[]): void {
    for (const body of bodies) {
      this.#stream.offer(
        'analytics.event',
        this.#stream.offeredSeq + 1,
        0,
        Buffer.from(JSON.stringify(body)),
      );
    }
  }

  #ask(via: 'http' | 'websocket', body: unknown, sent: readonly Sent[]): void {
    this.sent.push(...sent);
    this.answers.push(
      this.#runtime.localIntake.take({
        family: 'analytics.event',
        via,
        body: Buffer.from(JSON.stringify(body)),
      }),
    );
  }
}

describe('events from everywhere, some bad, some repeated, over drills and a store that refuses', () => {
  it('are each stored once or told why not; the ledger adds up at every step, and after a restart', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const fixture = await RuntimeFixture.open();
        let why = () => null as string | null;
        fixture.refuse('commit', () => why());
        const runtime = await fixture.runtime('dev');
        const feeding = await Feeding.of(fixture, runtime);
        why = () => feeding.refusal;
        for (const next of steps) {
          await feeding.take(next);
          feeding.expectBalanced();
        }
        feeding.refusal = null;
        runtime.stages.lift();
        await fixture.clock.advance(10_000);
        const good = feeding.sent.filter(({ type }) => typeof type === 'string' && type !== '');
        const names = new Set(good.flatMap(({ id }) => id ?? []));
        const stored = good.filter(({ id }) => id === undefined).length + names.size;
        const expected = {
          received: feeding.sent.length,
          stored,
          repeated: good.length - stored,
          rejected: feeding.sent.length - good.length,
          waiting: 0,
        };
        expect(feeding.sums()).toEqual(expected);
        expect(await Promise.all(feeding.answers)).toHaveLength(feeding.answers.length);
        expect(runtime.events.analytics.processed).toBe(stored);
        await runtime.stop();
        const again = await fixture.runtime('dev');
        expect((await Feeding.of(fixture, again)).sums()).toEqual(expected);
        expect(again.events.analytics.processed).toBe(stored);
        await again.stop();
        await fixture.close();
      }),
      { numRuns: 30 },
    );
  });
});
