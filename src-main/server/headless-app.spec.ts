import { describe, expect, it } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { seededRandom } from '../lib/random.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { parseOptions } from '../options/parse-options.ts';
import { FakeEngineHost } from './fake-engine-host.ts';
import { startHeadlessApp, type HeadlessParts } from './headless-app.ts';

function setUp(changes: Partial<HeadlessParts> = {}) {
  const events: string[] = [];
  const engine = new FakeEngineHost();
  engine.stop = async () => void events.push('engine stopped');
  const app = startHeadlessApp({
    options: parseOptions(['--data', '/data', '--seed', '7', '--port', '4711'], {}, () => null),
    version: '1.2.3',
    clock: new VirtualClock(),
    random: seededRandom(1),
    lock: (folder) => {
      events.push(`locked ${folder}`);
      return { release: () => events.push('released') };
    },
    openLog: () => ({
      log: silentLog,
      writeLine: () => undefined,
      stop: async () => void events.push('log closed'),
    }),
    startEngine: async ({ version, dataFolder, demo }) => {
      events.push(`engine ${version} in ${dataFolder} with seed ${demo.seed}`);
      return engine;
    },
    loadHttp: async () => ({
      startHttpHost: async ({ listen }) => {
        events.push(`listening on ${listen.port}`);
        return { url: 'http://127.0.0.1:4711', stop: async () => void events.push('http stopped') };
      },
    }),
    ...changes,
  });
  return { app, events };
}

const started = ['locked /data', 'engine 1.2.3 in /data with seed 7'];

describe('the headless app', () => {
  it('starts in order and stops in reverse, the data folder last', async () => {
    const { app, events } = setUp();
    expect(await app.started).toEqual({ url: 'http://127.0.0.1:4711' });
    await app.stop();
    expect(events).toEqual([
      ...started,
      'listening on 4711',
      'http stopped',
      'engine stopped',
      'engine stopped',
      'log closed',
      'released',
    ]);
  });

  it('touches nothing when the data folder belongs to another', async () => {
    const { app, events } = setUp({
      lock: () => {
        throw new Error('in use');
      },
    });
    await expect(app.started).rejects.toThrow('in use');
    expect(app.log).toBeNull();
    await app.stop();
    expect(events).toEqual([]);
  });

  it('stops the engine when it cannot listen', async () => {
    const { app, events } = setUp({
      loadHttp: async () => ({ startHttpHost: () => Promise.reject(new Error('port in use')) }),
    });
    await expect(app.started).rejects.toThrow('port in use');
    await app.stop();
    expect(events).toEqual([...started, 'engine stopped', 'log closed', 'released']);
  });

  it('stops an engine that is still starting as soon as it has', async () => {
    const engine = new FakeEngineHost();
    const pending = Promise.withResolvers<FakeEngineHost>();
    const { app, events } = setUp({ startEngine: () => pending.promise });
    await app.stop();
    expect(events).toEqual(['locked /data', 'log closed', 'released']);
    pending.resolve(engine);
    await app.started;
    expect(engine.state.state).toBe('stopped');
  });
});
