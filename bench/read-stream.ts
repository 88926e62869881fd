import type { SourceIntake } from '../src-contract/intake.ts';
import { natsOptionsOf } from '../src-main/engine/nats-options-of.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { seededRandom } from '../src-main/lib/random.ts';
import { startNatsSource } from '../src-main/sources/nats/nats-source.ts';
import { openFullIntake } from './full-intake.ts';
import { RateClock } from './rate-clock.ts';

/** Begins to read into an intake; resolves with what stops it. */
export type Read = (intake: SourceIntake) => Promise<() => Promise<void>>;

/** Reads the stream of an environment from its beginning. */
export function readStream(url: string, env: string): Read {
  return (intake) => {
    const source = startNatsSource({
      options: natsOptionsOf({ url, ensureStream: false }),
      env,
      instanceId: 'bench',
      ensureStream: false,
      intake,
      clock: systemClock,
      random: seededRandom(1),
      log: silentLog,
    });
    return Promise.resolve(() => source.stop());
  };
}

/** Events a second from being read to being committed and projected. */
export async function rateThroughAll(read: Read, env: string, events: number): Promise<number> {
  const all = Promise.withResolvers<null>();
  const clock = new RateClock(events);
  const full = await openFullIntake(env, (count) => {
    clock.seen(count);
    if (clock.total >= events) all.resolve(null);
  });
  const stop = await read(full.runtime.hub.of('nats'));
  await all.promise;
  await stop();
  await full.stop();
  return clock.rate();
}
