import type { EngineHost, EngineOptions } from './engine-port.ts';
import { EngineThread, type EngineHostDependencies } from './engine-thread.ts';

/**
 * Starts the engine's thread; resolves when it can answer. Rejects with an EngineRefusedError when the first start fails.
 * Later the thread is restarted whenever it dies: at most 5 times in a minute, then it is failed for good.
 */
export async function startEngine(
  options: EngineOptions,
  dependencies: EngineHostDependencies,
): Promise<EngineHost> {
  const thread = new EngineThread(options, dependencies);
  await thread.start();
  return thread;
}
