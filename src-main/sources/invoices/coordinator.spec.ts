import { afterEach, describe, expect, it } from 'vitest';
import { SimulatorStage } from './testing/simulator-stage.ts';

let stage: SimulatorStage;
afterEach(() => stage.end());

describe('the invoice simulator', () => {
  it('produces 1,500 by 5:00.0 and has shown all at 12:30.0', async () => {
    stage = await SimulatorStage.open();
    await stage.coordinator.start({});
    await stage.clock.advance(200 - 1);
    expect(stage.coordinator.status.produced).toBe(0);
    await stage.clock.advance(1);
    expect(stage.coordinator.status).toMatchObject({ produced: 1, shown: 0, waiting: 1 });
    await stage.clock.advance(300);
    expect(stage.coordinator.status).toMatchObject({ produced: 2, shown: 1, waiting: 1 });
    await stage.clock.advance(299_499);
    expect(stage.coordinator.status).toMatchObject({ state: 'running', produced: 1499 });
    await stage.clock.advance(1);
    expect(stage.coordinator.status).toMatchObject({ state: 'draining', produced: 1500, shown: 600 });
    await stage.clock.advance(449_999);
    expect(stage.coordinator.status).toMatchObject({ state: 'draining', shown: 1499, waiting: 1 });
    await stage.clock.advance(1);
    expect(stage.coordinator.status).toMatchObject({ state: 'finished', produced: 1500, shown: 1500 });
  });
});
