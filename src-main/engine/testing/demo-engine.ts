import { onTestFinished } from 'vitest';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { InlineEngine } from './inline-engine.ts';

/** An engine whose demo feed has filled its past and run for 3 s, for the running test; stopped when the test ends. */
export async function demoEngine(seed = 7): Promise<InlineEngine> {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  const engine = await InlineEngine.start({ dataFolder: folder, demo: { on: true, seed } });
  onTestFinished(() => engine.stop());
  await engine.clock.advance(3000);
  return engine;
}
