import { connect } from '@nats-io/transport-node';
import type { SourceIntake } from '../src-contract/intake.ts';
import { Overlap } from '../src-main/sources/nats/overlap.ts';
import { PlainReader } from '../src-main/sources/nats/plain-reader.ts';
import { systemClock } from '../src-main/lib/clock.ts';

/** Messages the publisher may be ahead of what was taken. */
export const CREDIT = 3000;
/** Subject of the publisher's credit; no stream and no family has it. */
export const CREDIT_SUBJECT = 'bench.credit';

/** Reads a plain subscription on `core.>` and tells the publisher how many messages were taken. */
export async function readWithCredit(url: string, source: SourceIntake): Promise<() => Promise<void>> {
  const connection = await connect({ servers: url, noAsyncTraces: true });
  const intake = await source.openStream({ name: 'plain subscription', createdAt: 0 });
  const reader = new PlainReader({
    connection,
    env: 'core',
    subjects: ['core.>'],
    intake,
    clock: systemClock,
    overlap: new Overlap(),
    fail: (error) => {
      throw error;
    },
  });
  const cancel = systemClock.every(1, () => {
    connection.publish(CREDIT_SUBJECT, String(intake.offeredSeq - (4000 - Math.min(4000, intake.room))));
  });
  await connection.flush();
  return async () => {
    cancel();
    await reader.stop();
    await connection.close();
  };
}
