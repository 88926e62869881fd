import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../../src-contract/frames.ts';
import { createLog } from '../lib/log.ts';
import { seededRandom } from '../lib/random.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import type { EngineOptions, EngineState } from './engine-port.ts';
import { EngineThread } from './engine-thread.ts';
import { FakeEngineWorker } from './testing/fake-engine-worker.ts';

const OPTIONS: EngineOptions = {
  version: '1.0.0',
  dataFolder: '/nowhere',
  env: 'dev',
  nats: null,
  stockApi: null,
  demo: { on: false, seed: 1 },
  logLevel: 'info',
  overridden: [],
  batch: { events: 1000, lingerMs: 5 },
};
const WINDOW = { kind: 'window', title: 'PulseDesk' } as const;

class Harness {
  readonly clock = new VirtualClock(1000);
  readonly workers: FakeEngineWorker[] = [];
  readonly lines: string[] = [];
  readonly states: EngineState['state'][] = [];
  readonly thread = new EngineThread(OPTIONS, {
    clock: this.clock,
    random: seededRandom(1),
    log: createLog({ level: 'debug', write: (line) => this.lines.push(line), clock: this.clock }),
    writeLogLine: (line) => this.lines.push(line),
    startWorker: () => {
      const worker = new FakeEngineWorker();
      this.workers.push(worker);
      return worker;
    },
  });

  constructor() {
    this.thread.onState(({ state }) => this.states.push(state));
  }

  get worker(): FakeEngineWorker {
    const worker = this.workers.at(-1);
    if (worker === undefined) throw new Error('no thread was started');
    return worker;
  }

  async run(): Promise<void> {
    const started = this.thread.start();
    this.worker.say({ t: 'ready' });
    await started;
  }

  /** The thread dies and its successor gets ready. */
  async crash(): Promise<void> {
    this.worker.die(new Error('boom'));
    await this.clock.advance(3000);
    this.worker.say({ t: 'ready' });
  }

  /** Attaches a client; answers what it is delivered. */
  connect(): { delivered: ServerMessage[]; connection: ReturnType<EngineThread['connect']> } {
    const delivered: ServerMessage[] = [];
    const connection = this.thread.connect(WINDOW, (text) =>
      delivered.push(JSON.parse(text) as ServerMessage),
    );
    return { delivered, connection };
  }
}

describe('the engine thread', () => {
  it('has started when the engine says that it is ready', async () => {
    const harness = new Harness();
    expect(harness.thread.state).toEqual({ state: 'starting', since: 1000 });
    let started = false;
    const starting = harness.thread.start().then(() => {
      started = true;
    });
    await harness.clock.advance(10);
    expect(started).toBe(false);
    harness.worker.say({ t: 'ready' });
    await starting;
    expect(harness.thread.state).toEqual({ state: 'running', since: 1010 });
  });

  it('rejects with the engine’s own reason when it refuses to start, and is not tried again', async () => {
    const harness = new Harness();
    const starting = harness.thread.start();
    harness.worker.say({ t: 'refused', name: 'FutureDatabaseError', message: 'a newer version wrote it' });
    harness.worker.die();
    await expect(starting).rejects.toMatchObject({
      name: 'EngineRefusedError',
      reason: 'FutureDatabaseError',
      message: 'a newer version wrote it',
    });
    await harness.clock.advance(60_000);
    expect(harness.workers).toHaveLength(1);
    expect(harness.thread.state).toMatchObject({ state: 'failed', reason: 'a newer version wrote it' });
  });

  it('rejects when the thread dies before it is ready', async () => {
    const harness = new Harness();
    const starting = harness.thread.start();
    harness.worker.die(new Error('boom'));
    await expect(starting).rejects.toThrow('the engine stopped unexpectedly');
  });

  it('is started again when it dies, within two seconds, and attaches its clients anew', async () => {
    const harness = new Harness();
    await harness.run();
    const { delivered, connection } = harness.connect();
    harness.worker.die(new Error('boom'));
    expect(harness.thread.state).toMatchObject({ state: 'restarting', since: 1000, attempt: 1 });
    expect(delivered).toEqual([
      { t: 'link', state: 'down', since: 1000, reason: 'the engine stopped unexpectedly' },
    ]);
    connection.send('lost while it is down');
    await harness.clock.advance(2000);
    expect(harness.workers).toHaveLength(2);
    harness.worker.say({ t: 'ready' });
    expect(harness.worker.posted).toEqual([{ t: 'connect', client: 1, identity: WINDOW }]);
    connection.send('again');
    expect(harness.worker.posted.at(-1)).toEqual({ t: 'message', client: 1, text: 'again' });
    expect(harness.states).toEqual(['running', 'restarting', 'running']);
  });

  it('counts attempts while restarts fail, and says what the engine said', async () => {
    const harness = new Harness();
    await harness.run();
    harness.worker.die();
    await harness.clock.advance(3000);
    harness.worker.say({ t: 'refused', name: 'StoreFailure', message: 'disk full' });
    harness.worker.die();
    expect(harness.thread.state).toMatchObject({
      state: 'restarting',
      since: 1000,
      attempt: 2,
      reason: 'disk full',
    });
    await harness.clock.advance(3000);
    harness.worker.die();
    expect(harness.thread.state).toMatchObject({ attempt: 3, reason: 'the engine stopped unexpectedly' });
  });

  it('is given up after five restarts in a minute, and tells its clients', async () => {
    const harness = new Harness();
    await harness.run();
    for (let count = 0; count < 5; count++) await harness.crash();
    const { delivered } = harness.connect();
    harness.worker.die();
    await harness.clock.advance(60_000);
    expect(harness.workers).toHaveLength(6);
    expect(harness.thread.state).toMatchObject({ state: 'failed' });
    expect(delivered.at(-1)).toMatchObject({
      t: 'link',
      state: 'failed',
      reason: 'the engine stopped unexpectedly, more than 5 times in a minute',
    });
  });

  it('is started again for ever when it dies seldom', async () => {
    const harness = new Harness();
    await harness.run();
    for (let count = 0; count < 20; count++) {
      await harness.clock.advance(20_000);
      await harness.crash();
    }
    expect(harness.workers).toHaveLength(21);
    expect(harness.thread.state.state).toBe('running');
  });

  it('passes on the engine’s log lines', async () => {
    const harness = new Harness();
    await harness.run();
    harness.worker.say({ t: 'log', line: '{"message":"hello"}\n' });
    expect(harness.lines).toContain('{"message":"hello"}\n');
  });
});

describe('a client of the engine thread', () => {
  it('that comes while the engine is down is told, and attached when it is up', async () => {
    const harness = new Harness();
    const starting = harness.thread.start();
    const { delivered } = harness.connect();
    expect(delivered).toEqual([{ t: 'link', state: 'down', since: 1000, reason: 'the engine is starting' }]);
    expect(harness.worker.posted).toEqual([]);
    harness.worker.say({ t: 'ready' });
    await starting;
    expect(harness.worker.posted).toEqual([{ t: 'connect', client: 1, identity: WINDOW }]);
  });

  it('that comes when the engine has failed for good is told so', async () => {
    const harness = new Harness();
    const starting = harness.thread.start();
    harness.worker.die();
    await expect(starting).rejects.toThrow();
    expect(harness.connect().delivered).toMatchObject([{ t: 'link', state: 'failed' }]);
  });

  it('is delivered what is meant for it, and nothing once it has closed', async () => {
    const harness = new Harness();
    await harness.run();
    const [first, second] = [harness.connect(), harness.connect()];
    harness.worker.say({ t: 'deliver', client: 2, text: '{"t":"ok","id":1}' });
    expect([first.delivered.length, second.delivered.length]).toEqual([0, 1]);
    second.connection.close();
    second.connection.close();
    harness.worker.say({ t: 'deliver', client: 2, text: '{"t":"ok","id":2}' });
    expect(second.delivered).toHaveLength(1);
    expect(harness.worker.posted.filter(({ t }) => t === 'close')).toEqual([{ t: 'close', client: 2 }]);
    await harness.crash();
    expect(harness.worker.posted.map((message) => 'client' in message && message.client)).toEqual([1]);
  });

  it('and the host itself have what they do written down', async () => {
    const harness = new Harness();
    await harness.run();
    harness.thread.audit('host', 'login', 'token', 'refused');
    expect(harness.worker.posted).toEqual([
      { t: 'audit', entry: { actor: 'host', action: 'login', target: 'token', result: 'refused' } },
    ]);
  });
});

describe('stopping the engine thread', () => {
  it('lets the engine finish, ends the thread, and is not taken for a crash', async () => {
    const harness = new Harness();
    await harness.run();
    const stopping = harness.thread.stop();
    expect(harness.thread.stop()).toBe(stopping);
    expect(harness.worker.posted).toEqual([{ t: 'stop' }]);
    harness.worker.say({ t: 'stopped' });
    harness.worker.die();
    await stopping;
    expect(harness.worker.terminated).toBe(true);
    expect(harness.thread.state.state).toBe('stopped');
    await harness.clock.advance(60_000);
    expect([harness.workers.length, harness.clock.pending]).toEqual([1, 0]);
  });

  it('is done when the thread ends without a word', async () => {
    const harness = new Harness();
    await harness.run();
    const stopping = harness.thread.stop();
    harness.worker.die();
    await stopping;
    expect(harness.thread.state.state).toBe('stopped');
  });

  it('ends a thread that does not stop by force, within 5 s', async () => {
    const harness = new Harness();
    await harness.run();
    let stopped = false;
    void harness.thread.stop().then(() => {
      stopped = true;
    });
    await harness.clock.advance(4000);
    expect([stopped, harness.worker.terminated]).toEqual([false, false]);
    await harness.clock.advance(500);
    expect([stopped, harness.worker.terminated]).toEqual([true, true]);
    expect(harness.lines.join()).toContain('did not stop in time');
  });

  it('while it waits to be restarted starts it no more', async () => {
    const harness = new Harness();
    await harness.run();
    harness.worker.die();
    await harness.thread.stop();
    await harness.clock.advance(60_000);
    expect([harness.workers.length, harness.thread.state.state]).toEqual([1, 'stopped']);
  });

  it('before it was ready rejects the start', async () => {
    const harness = new Harness();
    const starting = harness.thread.start();
    const stopping = harness.thread.stop();
    harness.worker.die();
    await stopping;
    await expect(starting).rejects.toThrow('the engine was stopped before it was ready');
  });
});
