import { StorageType, type JetStreamManager } from '@nats-io/jetstream';
import { describeFailure } from './describe-failure.ts';

/** Name of the stream that is made for an environment that has none: `PULSE_PROD` over `prod.>`. */
export function streamNameFor(env: string): string {
  return `PULSE_${env.toUpperCase()}`;
}

/** Makes the environment's stream, in files; null, or in words why that is not permitted or possible. */
export async function ensureStream(manager: JetStreamManager, env: string): Promise<string | null> {
  const name = streamNameFor(env);
  try {
    await manager.streams.add({ name, subjects: [`${env}.>`], storage: StorageType.File });
    return null;
  } catch (error) {
    return `stream ${name} over ${env}.> could not be made: ${describeFailure(error)}`;
  }
}
