import { describe, expect, it, vi } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { StoreThread } from './store-thread.ts';
import { errorData } from './wire-error.ts';
import { StoreFailure } from './store-failure.ts';
import { FakeWorker } from './testing/fake-worker.ts';

function make() {
  const worker = new FakeWorker();
  const onDeath = vi.fn();
  const log = { ...silentLog, warn: vi.fn() };
  const thread = new StoreThread(worker, { title: 'the test thread', limit: 5, log, onDeath });
  thread.ready.catch(() => undefined);
  return { worker, onDeath, log, thread };
}

/** Runs what was left for right after this, and what that leaves; no event comes meanwhile. */
async function microtasks(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('StoreThread', () => {
  it('is ready when the thread says so, with what it set aside', async () => {
    const { worker, thread } = make();
    worker.say({ type: 'ready', setAside: 'pulsedesk.corrupt.db' });
    expect(await thread.ready).toEqual({ setAside: 'pulsedesk.corrupt.db' });
  });

  it('is not ready when the thread could not open its database, and says why', async () => {
    const { worker, thread, onDeath } = make();
    worker.say({ type: 'failed', error: errorData(new StoreFailure('io', 'no such disk')) });
    worker.exit();
    await expect(thread.ready).rejects.toMatchObject({ code: 'io', message: 'no such disk' });
    expect(onDeath).not.toHaveBeenCalled();
  });

  it('hands answers, refusals and log lines on', async () => {
    const { worker, thread, log } = make();
    worker.say({ type: 'ready', setAside: null });
    const [good, bad] = [thread.calls.call('figures', []), thread.calls.call('audit', [1])];
    expect(worker.heard).toEqual([
      { type: 'call', id: 1, name: 'figures', args: [] },
      { type: 'call', id: 2, name: 'audit', args: [1] },
    ]);
    worker.say({ type: 'log', level: 'warn', message: 'slow', fields: { ms: 300 } });
    worker.say({ type: 'refusal', id: 2, error: errorData(new RangeError('no')) });
    worker.say({ type: 'answer', id: 1, value: 7 });
    expect(await good).toBe(7);
    await expect(bad).rejects.toThrow(RangeError);
    expect(log.warn).toHaveBeenCalledWith('slow', { ms: 300 });
  });

  it('hears what it was answered right after the next call, though the event loop never turns', async () => {
    const { worker, thread } = make();
    worker.say({ type: 'ready', setAside: null });
    const answers: unknown[] = [];
    const ask = (): void => void thread.calls.call('figures', []).then((answer) => answers.push(answer));
    ask();
    await microtasks();
    worker.leave({ type: 'answer', id: 1, value: 'one' });
    await microtasks();
    expect(answers).toEqual([]);
    ask();
    expect(thread.calls.size).toBe(2);
    await microtasks();
    expect(answers).toEqual(['one']);
  });

  it('hears all that was said, in its order, whatever was asked together', async () => {
    const { worker, thread, log } = make();
    worker.say({ type: 'ready', setAside: null });
    const heard: unknown[] = [];
    log.warn.mockImplementation((message) => heard.push(message));
    for (const part of ['first', 'second', 'third']) {
      void thread.calls.call(part, []).then((answer) => heard.push(answer));
    }
    const taken = vi.spyOn(worker, 'take');
    worker.leave({ type: 'answer', id: 1, value: 'one' });
    worker.leave({ type: 'log', level: 'warn', message: 'slow', fields: {} });
    worker.leave({ type: 'answer', id: 2, value: 'two' });
    await microtasks();
    expect(heard).toEqual(['slow', 'one', 'two']);
    expect(taken).toHaveBeenCalledTimes(4);
  });

  it('hears what a thread said before it ended, and then closes it', async () => {
    const { worker, thread, onDeath } = make();
    worker.say({ type: 'ready', setAside: null });
    const [answered, lost] = [thread.calls.call('settle', []), thread.calls.call('figures', [])];
    await microtasks();
    worker.leave({ type: 'answer', id: 1, value: 'settled' });
    worker.exit();
    expect(worker.closed).toBe(true);
    expect(await answered).toBe('settled');
    await expect(lost).rejects.toThrow('the test thread died');
    expect(onDeath).toHaveBeenCalledTimes(1);
  });

  it('reports a death once, with its reason, and rejects what waits', async () => {
    const { worker, thread, onDeath } = make();
    worker.say({ type: 'ready', setAside: null });
    const waiting = thread.calls.call('figures', []);
    worker.crash(new Error('out of memory'));
    await expect(waiting).rejects.toMatchObject({
      code: 'closed',
      message: 'the test thread died: out of memory',
    });
    expect(onDeath).toHaveBeenCalledTimes(1);
    await thread.stop();
  });

  it('stops after it has answered, and reports no death', async () => {
    const { worker, thread, onDeath } = make();
    worker.say({ type: 'ready', setAside: null });
    const waiting = thread.calls.call('figures', []);
    const stopping = Promise.all([thread.stop(), thread.stop()]);
    expect(worker.heard.map(({ type }) => type)).toEqual(['call', 'stop']);
    worker.say({ type: 'answer', id: 1, value: 'last' });
    worker.exit();
    await stopping;
    expect(await waiting).toBe('last');
    expect(onDeath).not.toHaveBeenCalled();
    await expect(thread.calls.call('figures', [])).rejects.toThrow('the test thread was stopped');
  });
});
