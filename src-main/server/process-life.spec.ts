import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { lifeOf } from './process-life.ts';

function setUp(stop: () => Promise<void>) {
  const process = new EventEmitter();
  const clock = new VirtualClock();
  const said: string[] = [];
  const app = { started: Promise.resolve({ url: '' }), log: silentLog, stop };
  const code = lifeOf({ app, clock, process, say: (words) => said.push(words) });
  return { process, clock, said, code };
}

const never = () => new Promise<void>(() => undefined);

describe('the life of the headless process', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('ends with 0 when %s has stopped everything', async (signal) => {
    const { process, code, said } = setUp(() => Promise.resolve());
    process.emit(signal);
    expect([await code, said]).toEqual([0, []]);
  });

  it('ends with 1 and says so when stopping takes more than 5 s', async () => {
    const { process, clock, code, said } = setUp(never);
    process.emit('SIGTERM');
    await clock.advance(5000);
    expect([await code, said]).toEqual([1, ['stopping took more than 5 s: ended as it was']]);
  });

  it('ends with 1 at once on a second signal', async () => {
    const { process, clock, code, said } = setUp(never);
    process.emit('SIGTERM');
    await clock.advance(500);
    process.emit('SIGINT');
    expect([await code, said]).toEqual([1, ['SIGINT again: ended without waiting for the rest']]);
  });

  it('takes a signal that arrives twice at once for one', async () => {
    const stopped = Promise.withResolvers<undefined>();
    const { process, code, said } = setUp(() => stopped.promise);
    process.emit('SIGINT');
    process.emit('SIGINT');
    stopped.resolve(undefined);
    expect([await code, said]).toEqual([0, []]);
  });

  it('ends with 1 and says why when something does not stop cleanly', async () => {
    const { process, code, said } = setUp(() => Promise.reject(new Error('the disk is full')));
    process.emit('SIGTERM');
    expect([await code, said]).toEqual([1, ['not everything stopped cleanly: the disk is full']]);
  });

  it.each(['uncaughtException', 'unhandledRejection'])(
    'stops cleanly and ends with 1 on an %s',
    async (event) => {
      let stops = 0;
      const { process, code } = setUp(() => {
        stops += 1;
        return Promise.resolve();
      });
      process.emit(event, new Error('a fault'));
      process.emit(event, new Error('another, meanwhile'));
      expect([await code, stops]).toEqual([1, 1]);
    },
  );
});
