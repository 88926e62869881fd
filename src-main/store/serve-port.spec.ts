import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { servePort, type Served } from './serve-port.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

interface Adder {
  add(a: number, b: number): number;
}

function make(changes: Partial<Served<Adder>> = {}, open = (served: Served<Adder>) => served) {
  const calls = new MessageChannel();
  const answers = new MessageChannel();
  const said: FromThread[] = [];
  let closed = 0;
  const port = {
    add(a: number, b: number) {
      if (a < 0) throw new RangeError('a is not negative');
      return a + b;
    },
    close: () => void (closed += 1),
  };
  const ended = Promise.all([once(calls.port1, 'close'), once(answers.port1, 'close')]);
  answers.port1.on('message', (message: FromThread) => said.push(message));
  servePort<Adder>(calls.port2, answers.port2, ({ log }) => {
    log.child({ part: 'store' }).info('opened', { rows: 3 });
    return open({ port, names: ['add'], setAside: null, ...changes });
  });
  return { said, ended, closed: () => closed, tell: (message: ToThread) => calls.port1.postMessage(message) };
}

describe('servePort', () => {
  it('says that it is ready, answers in order, and closes when told to stop', async () => {
    const { said, tell, ended, closed } = make();
    tell({ type: 'call', id: 1, name: 'add', args: [1, 2] });
    tell({ type: 'call', id: 2, name: 'add', args: [-1, 2] });
    tell({ type: 'call', id: 3, name: 'close', args: [] });
    tell({ type: 'stop' });
    await ended;
    expect(said).toMatchObject([
      { type: 'log', level: 'info', message: 'opened', fields: { part: 'store', rows: 3 } },
      { type: 'ready', setAside: null },
      { type: 'answer', id: 1, value: 3 },
      { type: 'refusal', id: 2, error: { name: 'RangeError', message: 'a is not negative' } },
      { type: 'refusal', id: 3, error: { message: 'the store has no function "close"' } },
    ]);
    expect(closed()).toBe(1);
  });

  it('tells of each call behind its answer, and of those that were refused', async () => {
    const told: unknown[] = [];
    const { said, tell, ended } = make({
      answered: (name, args) => told.push([name, args]),
    });
    tell({ type: 'call', id: 1, name: 'add', args: [1, 2] });
    tell({ type: 'call', id: 2, name: 'add', args: [-1, 2] });
    tell({ type: 'stop' });
    await ended;
    expect(said.slice(-2)).toMatchObject([{ id: 1 }, { id: 2 }]);
    expect(told).toEqual([
      ['add', [1, 2]],
      ['add', [-1, 2]],
    ]);
  });

  it('says why it cannot be opened, and ends', async () => {
    const { said, ended } = make({}, () => {
      throw new Error('no such file');
    });
    await ended;
    expect(said.at(-1)).toMatchObject({ type: 'failed', error: { message: 'no such file' } });
  });
});
