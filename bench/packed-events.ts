import { makeStream, publishAll, type OutgoingMessage } from '../src-main/sources/nats/testing/publish.ts';
import { eventTexts } from './event-pool.ts';
import { rateThroughAll, readStream } from './read-stream.ts';
import { interleavedMedians, type Medians } from './rounds.ts';

const EVENTS = 400_000;
const PACKED = 100;
const POOL = 10_000;

/** Events a second from JetStream to projected: one a message, and a hundred packed into each. */
export async function packedEvents(url: string, rounds: number): Promise<Medians> {
  for (const [env, size] of [
    ['single', 1],
    ['packed', PACKED],
  ] as const) {
    await makeStream(url, env);
    await publishAll(url, messages(env, size));
  }
  const through = (env: string) => () => rateThroughAll(readStream(url, env), env, EVENTS);
  return interleavedMedians(
    [
      { name: 'single', run: through('single') },
      { name: 'packed', run: through('packed') },
    ],
    rounds,
  );
}

function* messages(env: string, size: number): Generator<OutgoingMessage> {
  const texts = eventTexts(POOL, 5);
  const subject = `${env}.analytics.event`;
  for (let at = 0; at < EVENTS; at += size) {
    const from = at % POOL;
    const body = size === 1 ? texts[from] : `[${texts.slice(from, from + size).join(',')}]`;
    yield { subject, body: body ?? '' };
  }
}
