import { StorageType, type JetStreamManager } from '@nats-io/jetstream';
import { describeFailure } from './describe-failure.ts';

/** Name of the stream that is made for an environment that has none: `PULSE_PROD` over `prod.>`. */
export function streamNameFor(env: string): string {
  return `PULSE_${env.toUpperCase()}`;
}

/** Makes the environment's stream, in files. Rejects with an Error in words when that is not permitted or possible. */
export async function ensureStream(manager: JetStreamManager, env: string): Promise<void> {
  const name = streamNameFor(env);
  try {
    await manager.streams.add({ name, subjects: [`${env}.>`], storage: StorageType.File });
  } catch (error) {
    throw new Error(`stream ${name} over ${env}.> could not be made: ${describeFailure(error)}`, {
      cause: error,
    });
  }
}
