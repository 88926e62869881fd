import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { SourceIntake } from '../src-contract/intake.ts';
import { readWithCredit } from './credit-reader.ts';
import { NullIntake } from './null-intake.ts';
import { RateClock } from './rate-clock.ts';
import { rateThroughAll, readStream, type Read } from './read-stream.ts';

/**
 * One way of reading the messages of a server, in a process of its own: where one call sees two kinds of intakes, both are
 * slower than either is in the app. Arguments: URL, `jetstream` or `core`, `count`, `parse` or `full`, number of messages.
 * Sends its messages a second.
 */
const [url = '', source = '', way = '', count = '0'] = process.argv.slice(2);
const messages = Number(count);
/** Decides nothing: keeps the compiler from leaving out what is parsed. */
let parsed = 0;

const ways: Record<string, (read: Read) => Promise<number>> = {
  count: (read) => throughNull(read, () => undefined),
  parse: (read) => throughNull(read, parseBody),
  full: (read) => rateThroughAll(read, source === 'core' ? 'core' : 'dev', messages),
};
const rate = await ways[way]?.(source === 'core' ? readPlain : readStream(url, 'dev'));
process.send?.({ rate, parsed });
process.disconnect();

function parseBody(body: Uint8Array): void {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString();
  parsed += Object.keys(JSON.parse(text) as object).length;
}

async function throughNull(read: Read, look: (body: Uint8Array) => void): Promise<number> {
  const all = Promise.withResolvers<null>();
  const clock = new RateClock(messages);
  const intake = new NullIntake(
    (body) => (clock.seen(1), look(body)),
    messages,
    () => all.resolve(null),
  );
  const stop = await read(intake);
  await all.promise;
  await stop();
  return clock.rate();
}

/** Plain subscription: the publisher, in a process of its own, waits for credit so that nothing is lost. */
async function readPlain(intake: SourceIntake): Promise<() => Promise<void>> {
  const stop = await readWithCredit(url, intake);
  const publisher = fork(new URL('./credit-publisher.ts', import.meta.url), [url, count]);
  return async () => {
    if (publisher.exitCode === null) await once(publisher, 'exit');
    await stop();
  };
}
