import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STAGE_IDS } from '../../../src-contract/analytics.ts';
import type { IntakeAnswer } from '../../../src-contract/intake.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { InlineEngine } from '../testing/inline-engine.ts';

let remove: () => void;
let engine: InlineEngine;

beforeEach(async () => {
  const { folder, remove: removeFolder } = makeFolder();
  remove = removeFolder;
  engine = await InlineEngine.start({ dataFolder: folder, demo: { on: false, seed: 7 } });
});

afterEach(async () => {
  await engine.stop();
  remove();
});

/** Hands 500 events over every 5 ms for so long, as many callers at once do; answers what became of them. */
async function load(ms: number): Promise<Promise<IntakeAnswer>[]> {
  const answers: Promise<IntakeAnswer>[] = [];
  const body = Buffer.from(JSON.stringify(Array.from({ length: 500 }, () => ({ type: 'page_view' }))));
  for (let at = 0; at < ms; at += 5) {
    answers.push(engine.engine.intake({ family: 'analytics.event', via: 'http', body }));
    await engine.clock.advance(5);
  }
  return answers;
}

const slow = (stage: (typeof STAGE_IDS)[number], ms: number) =>
  engine.ask('drill.run', { drill: 'slow_stage', stage, slow_ms: ms });

describe('a stage slowed by 50 ms a batch', () => {
  it.each(STAGE_IDS)(
    '%s is named within 3 s, limits are kept, and everything accepted is there',
    async (id) => {
      const pipeline = engine.follow('pipeline', {});
      await engine.clock.advance(100);
      expect(pipeline.head.bottleneck).toBeNull();
      await slow(id, 50);
      const answers = await load(3000);
      expect(pipeline.head.bottleneck).toMatchObject({ stage: id, why: expect.stringContaining('drill') });
      expect(pipeline.row(id)?.slowed_ms).toBe(50);
      for (const { queue } of pipeline.rows) expect(queue.high_water).toBeLessThanOrEqual(queue.limit);
      const { waiting, limit, refused } = source();
      expect([waiting <= limit, refused > 0]).toEqual([true, true]);
      await slow(id, 0);
      await engine.clock.advance(5000);
      const settled = await Promise.all(answers);
      const accepted = settled.reduce((sum, answer) => sum + (answer.ok ? answer.accepted : 0), 0);
      const busy = settled.filter((answer) => !answer.ok && answer.code === 'busy');
      expect(accepted).toBeGreaterThan(0);
      expect(busy.length).toBe(source().refused);
      const { processed } = await engine.ask('analytics.summary', { window: 'start' });
      const { ledger } = await engine.ask('system.status', {});
      expect([processed, ledger]).toEqual([
        accepted,
        { received: accepted, stored: accepted, repeated: 0, rejected: 0, waiting: 0 },
      ]);
      expect(pipeline.head.bottleneck).toBeNull();

      function source() {
        const [http] = pipeline.head.sources;
        if (http === undefined) throw new Error('there is no source yet');
        return http;
      }
    },
  );
});

describe('a slowed stage', () => {
  it('is lifted when another environment is shown: all that waited is stored where it came in, and answered', async () => {
    await slow('transform', 1000);
    const answers = await load(50);
    await engine.client.call('environment.set', { name: 'dev' });
    await engine.clock.advance(100);
    const settled = await Promise.all(answers);
    expect(settled.map((answer) => answer.ok && answer.accepted)).toEqual(Array(10).fill(500));
    const demo = await engine.ask('analytics.summary', { env: 'demo', window: 'start' });
    const dev = await engine.ask('analytics.summary', { env: 'dev', window: 'start' });
    expect([demo.processed, dev.processed]).toEqual([5000, 0]);
    await engine.ask('environment.set', { name: 'demo' });
    const pipeline = engine.follow('pipeline', {});
    await engine.clock.advance(1100);
    expect(pipeline.row('transform')?.slowed_ms).toBe(0);
  });
});

describe('the map of pressure', () => {
  it('names no stage while all of them keep up', async () => {
    const pipeline = engine.follow('pipeline', {});
    engine.engine.connect({ kind: 'window', title: 'PulseDesk' }, () => undefined);
    await Promise.all(await load(3000));
    expect(pipeline.head).toMatchObject({ env: 'demo', bottleneck: null, windows: { open: 1, waiting: 0 } });
    expect(pipeline.head.sources).toMatchObject([{ id: 'http', title: 'HTTP', refused: 0 }]);
    expect(pipeline.keys).toEqual([...STAGE_IDS]);
    expect(pipeline.row('aggregate')?.out).toBeGreaterThan(200_000);
  });

  it('takes the demand of each stage from the settings at once', async () => {
    const pipeline = engine.follow('pipeline', {});
    await engine.ask('settings.set', { pipeline: { commit: { min: 10, max: 20 } } });
    await engine.clock.advance(1100);
    expect(pipeline.row('commit')?.demand).toEqual({ min: 10, max: 20 });
    expect(pipeline.row('transform')?.demand).toEqual({ min: 500, max: 1000 });
  });

  it('needs the stage that is to be slowed', async () => {
    await expect(engine.ask('drill.run', { drill: 'slow_stage' })).rejects.toMatchObject({
      code: 'invalid_argument',
      details: { field: '/stage' },
    });
  });
});
