import { beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { RestartingThread } from './restarting-thread.ts';
import { StoreFailure } from './store-failure.ts';
import { FakeWorker } from './testing/fake-worker.ts';
import { errorData } from './wire-error.ts';

let workers: FakeWorker[];
let time: number;
let reader: RestartingThread;
const error = vi.fn();

beforeEach(() => {
  workers = [];
  time = 0;
  error.mockClear();
  reader = new RestartingThread({
    title: 'the reader',
    clock: { monotonic: () => time },
    log: { ...silentLog, error },
    start() {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  });
});

const newest = (): FakeWorker => workers.at(-1)!;

/** Asks, lets the newest thread answer, and gives the answer. */
async function ask(value: string): Promise<unknown> {
  const answer = reader.call('figures', []);
  const worker = newest();
  if (worker.heard.length === 0) worker.say({ type: 'ready', setAside: null });
  await vi.waitFor(() => expect(worker.heard.at(-1)?.type).toBe('call'), { interval: 1 });
  const asked = worker.heard.at(-1);
  if (asked?.type === 'call') worker.say({ type: 'answer', id: asked.id, value });
  return answer;
}

describe('RestartingThread', () => {
  it('rejects the calls of a thread that dies, and asks a new one next time', async () => {
    expect(await ask('one')).toBe('one');
    const lost = reader.call('figures', []);
    await Promise.resolve();
    newest().crash(new Error('boom'));
    await expect(lost).rejects.toMatchObject({ code: 'closed', message: 'the reader died: boom' });
    expect(error).toHaveBeenCalledTimes(1);
    expect(await ask('two')).toBe('two');
    expect(workers).toHaveLength(2);
  });

  it('gives up after five restarts in a minute, says so, and tries again later', async () => {
    expect(await ask('first')).toBe('first');
    for (let death = 1; death <= 5; death += 1) {
      newest().crash(new Error('boom'));
      expect(await ask(`after ${death}`)).toBe(`after ${death}`);
      time += 1_000;
    }
    newest().crash(new Error('boom'));
    await expect(reader.call('figures', [])).rejects.toThrow(/died 5 times within a minute/);
    expect(workers).toHaveLength(6);
    time = 60_001;
    expect(await ask('back')).toBe('back');
  });

  it('tries again when a thread could not be started', async () => {
    const first = reader.call('figures', []);
    newest().say({ type: 'failed', error: errorData(new StoreFailure('io', 'no disk')) });
    newest().exit();
    await expect(first).rejects.toThrow('no disk');
    await expect(reader.ready).rejects.toThrow('no disk');
    expect(await ask('now')).toBe('now');
  });

  it('is not started again once it was stopped', async () => {
    newest().say({ type: 'ready', setAside: null });
    const stopping = reader.stop();
    newest().exit();
    await stopping;
    await expect(reader.call('figures', [])).rejects.toThrow('the reader was stopped');
    expect(workers).toHaveLength(1);
    expect(error).not.toHaveBeenCalled();
  });
});
