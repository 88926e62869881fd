import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import { jetstreamManager, type JetStreamManager, type StreamConfig } from '@nats-io/jetstream';
import { onTestFinished } from 'vitest';
import { DEFAULT_SETTINGS, type NatsSettings } from '../../../../src-contract/settings.ts';
import { systemClock } from '../../../lib/clock.ts';
import { createLog } from '../../../lib/log.ts';
import { seededRandom } from '../../../lib/random.ts';
import type { EventSource, SourceStatus } from '../../source.ts';
import { natsOptions } from '../nats-options.ts';
import { startNatsSource } from '../nats-source.ts';
import { RecordingIntake } from './recording-intake.ts';

/** Id of the instance whose source is under test. */
export const THIS_INSTANCE = 'this-instance';

/** How a source under test is started. */
export interface RecordedSourceOptions {
  env?: string;
  intake?: RecordingIntake;
  ensureStream?: boolean;
  settings?: Partial<NatsSettings>;
  secret?: string;
}

/** A running NATS source with everything it handed over, said and logged. */
export interface RecordedSource {
  readonly source: EventSource;
  readonly intake: RecordingIntake;
  readonly statuses: SourceStatus[];
  readonly logLines: string[];
  status(): SourceStatus;
}

/** Starts a NATS source that hands over to memory; it is stopped when the test ends. */
export function readNats(url: string, options: RecordedSourceOptions = {}): RecordedSource {
  const {
    env = 'dev',
    intake = new RecordingIntake(),
    ensureStream = false,
    settings,
    secret = '',
  } = options;
  const logLines: string[] = [];
  const source = startNatsSource({
    options: natsOptions({ ...DEFAULT_SETTINGS.nats, url, ...settings }, secret),
    env,
    instanceId: THIS_INSTANCE,
    ensureStream,
    intake,
    clock: systemClock,
    random: seededRandom(1),
    log: createLog({ level: 'debug', clock: systemClock, write: (line) => logLines.push(line) }),
  });
  const statuses = [source.status];
  source.onStatus((status) => statuses.push(status));
  onTestFinished(() => source.stop());
  return { source, intake, statuses, logLines, status: () => source.status };
}

/** A client's own connection, closed when the test ends. */
export async function connectTo(url: string, options: ConnectionOptions = {}): Promise<NatsConnection> {
  const connection = await connect({ servers: url, ...options });
  onTestFinished(() => connection.close());
  return connection;
}

/** Makes a stream over these subjects, and answers who manages it. */
export async function addStream(
  connection: NatsConnection,
  name: string,
  subjects: string[],
  config: Partial<StreamConfig> = {},
): Promise<JetStreamManager> {
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name, subjects, ...config });
  return manager;
}
