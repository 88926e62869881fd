import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../lib/log.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { START } from '../testing/runtime-fixture.ts';
import { BreakerLog } from './breaker-log.ts';

let store: Store;
let clock: VirtualClock;
let failures: unknown[];

beforeEach(async () => {
  const { folder, remove } = makeFolder();
  clock = new VirtualClock(START);
  failures = [];
  store = await openStore({ folder, mode: 'inline', log: silentLog, clock });
  onTestFinished(async () => {
    await store.stop();
    remove();
  });
});

const open = () =>
  new BreakerLog({
    writer: store.writer,
    reader: store.screens,
    clock,
    onChange: () => undefined,
    onFailure: (error) => failures.push(error),
  });

describe('the log of the breaker', () => {
  it('keeps transitions in their order, newest first, and the time not closed today', async () => {
    const log = open();
    await log.follow('dev', 'closed', 'started');
    log.record({ at: START, from: 'closed', to: 'open', reason: 'HTTP 500' });
    log.record({ at: START + 5000, from: 'open', to: 'half_open', reason: 'probe' });
    log.record({ at: START + 5100, from: 'half_open', to: 'closed', reason: 'probe succeeded' });
    await log.drained();
    await clock.advance(60_000);
    expect(log.history.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'half_open closed',
      'open half_open',
      'closed open',
    ]);
    expect(log.openTodaySeconds).toBe(5.1);
    expect(failures).toEqual([]);
  });

  it('ends what an earlier process left open', async () => {
    const before = open();
    await before.follow('dev', 'closed', 'started');
    before.record({ at: START, from: 'closed', to: 'open', reason: 'HTTP 500' });
    await before.drained();
    await clock.advance(7000);
    const log = open();
    await log.follow('dev', 'closed', 'a new start');
    expect(log.history[0]).toMatchObject({ from: 'open', to: 'closed', reason: 'a new start' });
    await clock.advance(7000);
    expect(log.openTodaySeconds).toBe(7);
  });

  it('keeps the logs of environments apart', async () => {
    const log = open();
    await log.follow('dev', 'closed', 'started');
    log.record({ at: START, from: 'closed', to: 'isolated', reason: 'tripped by hand' });
    await log.follow('prod', 'isolated', 'another environment is active');
    expect(log.history).toMatchObject([
      { from: 'closed', to: 'isolated', reason: 'another environment is active' },
    ]);
    await log.follow('dev', 'isolated', 'another environment is active');
    expect(log.history).toMatchObject([{ reason: 'tripped by hand' }]);
  });

  it('says that a transition could not be stored, and goes on', async () => {
    const log = open();
    await log.follow('dev', 'closed', 'started');
    const { breakerTransition } = store.writer;
    store.writer.breakerTransition = () => Promise.reject(new Error('disk full'));
    log.record({ at: START, from: 'closed', to: 'open', reason: 'HTTP 500' });
    await log.drained();
    store.writer.breakerTransition = breakerTransition;
    log.record({ at: START + 1, from: 'open', to: 'closed', reason: 'reset by hand' });
    await log.drained();
    expect([failures.length, log.history.length]).toEqual([1, 1]);
  });
});
