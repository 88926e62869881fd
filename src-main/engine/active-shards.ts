import type { EngineParts } from './engine-parts.ts';

/**
 * Lets the active environment add analytics up in as many threads as settings say, and the others in none: they are hardly
 * ever fed. Called whenever the one or the other has changed.
 */
export async function spreadAggregates({
  environments,
  settings,
  with: { log },
}: EngineParts): Promise<void> {
  const failed = (error: unknown): void =>
    log.warn('analytics cannot be added up in another thread: the engine does its work', { error });
  const { shards } = settings.read().pipeline;
  try {
    for (const runtime of await environments.loaded()) {
      await runtime.events.useShards(runtime === environments.active ? shards : 0, failed);
    }
  } catch (error) {
    failed(error);
  }
}
