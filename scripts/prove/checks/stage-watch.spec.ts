import { expect, it } from 'vitest';
import { STAGE_IDS, type Stage } from '../../../src-contract/analytics.ts';
import { StageWatch, type PipelineLook } from './stage-watch.ts';

function stage(id: Stage['id'], size: number, highWater = size): Stage {
  return {
    ...{ id, title: id, in: 0, out: 0, rejected: 0, per_second: 0, busy: 0, p95_us: 0, slowed_ms: 0 },
    queue: { size, limit: 100, high_water: highWater },
    demand: { min: 1, max: 1 },
  };
}

function look(named: Stage['id'] | null, waiting = 0): PipelineLook {
  const bottleneck = named === null ? null : { stage: named, since: '2026-11-21T09:30:00.000Z', why: 'slow' };
  const source = { id: 'http', title: 'HTTP', per_second: 0, waiting, limit: 10, refused: 0 };
  return { bottleneck, sources: [source], stages: STAGE_IDS.map((id) => stage(id, 100)) };
}

it('says after how long a slowed stage was named, not another one, and not before it was slowed', () => {
  const watch = new StageWatch();
  watch.take(look('commit'), 500);
  watch.slowed('commit', 1000);
  watch.take(look('receive'), 1500);
  expect(watch.namedAfter('commit')).toBe(Infinity);
  watch.take(look('commit'), 2200);
  watch.take(look('commit'), 2500);
  watch.lifted();
  watch.take(look('receive'), 2600);
  expect([watch.namedAfter('commit'), watch.namedAfter('receive')]).toEqual([1200, Infinity]);
});

it('finds queues beyond their limits, and those that were', () => {
  const watch = new StageWatch();
  watch.take(look(null, 10), 0);
  expect([watch.looks, watch.overfull]).toEqual([1, []]);
  watch.take({ ...look(null, 11), stages: [stage('commit', 0, 101)] }, 1);
  expect(watch.overfull).toEqual(['before commit: 101 of 100', 'of http: 11 of 10']);
});
