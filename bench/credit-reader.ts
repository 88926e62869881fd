import { connect } from '@nats-io/transport-node';
import type { SourceIntake, StreamIntake } from '../src-contract/intake.ts';
import { natsOptionsOf } from '../src-main/engine/nats-options-of.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { seededRandom } from '../src-main/lib/random.ts';
import { startNatsSource } from '../src-main/sources/nats/nats-source.ts';

/**
 * Messages the publisher may be ahead of what was handed over: the same for whoever only counts and for the whole way,
 * which takes no more while its own 8,000 wait for their commits. What then arrives lies in the reader's backlog.
 */
export const CREDIT = 3000;
/** Fewer more messages than this are not worth telling the publisher: a write costs the reader as much as a hundred messages. */
const WORTH_TELLING = CREDIT / 4;
/** Subject of the publisher's credit; no stream and no family has it. */
export const CREDIT_SUBJECT = 'bench.credit';

/** Reads `core.>`, which no stream covers, and tells the publisher how many messages were taken; resolves when it reads. */
export async function readWithCredit(url: string, intake: SourceIntake): Promise<() => Promise<void>> {
  const connection = await connect({ servers: url, noAsyncTraces: true });
  const opened: StreamIntake[] = [];
  const source = startNatsSource({
    options: natsOptionsOf({ url, ensureStream: false }),
    env: 'core',
    instanceId: 'bench',
    ensureStream: false,
    intake: {
      openStream: async (stream) => {
        const open = await intake.openStream(stream);
        opened.push(open);
        return open;
      },
    },
    clock: systemClock,
    random: seededRandom(1),
    log: silentLog,
  });
  let told = 0;
  const cancel = systemClock.every(1, () => {
    const taken = opened[0]?.offeredSeq ?? 0;
    if (taken - told < WORTH_TELLING) return;
    told = taken;
    connection.publish(CREDIT_SUBJECT, String(taken));
  });
  while (source.status.state !== 'live') await systemClock.sleep(5);
  return async () => {
    cancel();
    await source.stop();
    await connection.close();
  };
}
