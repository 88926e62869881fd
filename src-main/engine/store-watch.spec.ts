import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { StoreStatus } from '../../src-contract/system.ts';
import { LatencyHistogram } from '../lib/latency-histogram.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import type { StoreFigures } from '../store/port.ts';
import { StoreWatch } from './store-watch.ts';

const FIGURES: StoreFigures = {
  file: 'pulsedesk.db',
  bytes: 10,
  walBytes: 2,
  journalRows: 3,
  candleRows: { '1s': 4, '1m': 3, '1h': 2, '1d': 1 },
  oldestEventAt: 0,
  synchronous: 'full',
  schemaVersion: 4,
};

function harness() {
  const clock = new VirtualClock(0);
  const answers = { rows: 3, refusal: null as string | null, subjects: ['weather'], asked: [] as string[] };
  const watch = new StoreWatch(
    {
      setAside: null,
      screens: {
        figures: async () => {
          if (answers.refusal !== null) throw new Error(answers.refusal);
          return { ...FIGURES, journalRows: answers.rows };
        },
        environments: async () => ['dev', 'prod'],
        unknownSubjects: async (env) => {
          answers.asked.push(env);
          return answers.subjects.map((subject) => ({ subject, count: 2 }));
        },
      },
    },
    new LatencyHistogram(),
    clock,
    () => 'dev',
  );
  return { clock, answers, watch };
}

describe('the store watch', () => {
  it('says what the database says of itself, asked anew every 2 s', async () => {
    const { clock, answers, watch } = harness();
    expect(watch.status()).toMatchObject({ state: 'ok', journal_rows: 0, oldest_event_at: null });
    await clock.advance(0);
    expect(Check(StoreStatus, watch.status())).toBe(true);
    expect(watch.status()).toMatchObject({
      state: 'ok',
      detail: 'takes batches',
      file: 'pulsedesk.db',
      bytes: 10,
      wal_bytes: 2,
      journal_rows: 3,
      candle_rows: { '1s': 4, '1m': 3, '1h': 2, '1d': 1 },
      oldest_event_at: '1970-01-01T00:00:00.000Z',
      synchronous: 'full',
      schema_version: 4,
    });
    answers.rows = 9;
    await clock.advance(2000);
    expect(watch.status().journal_rows).toBe(9);
    expect([watch.environments, watch.unknownSubjects, answers.asked]).toEqual([
      ['dev', 'prod'],
      [{ subject: 'weather', count: 2 }],
      ['dev', 'dev'],
    ]);
  });

  it('keeps the last figures while the reader does not answer, and says so until it does', async () => {
    const { clock, answers, watch } = harness();
    await clock.advance(0);
    answers.refusal = 'reader died';
    await clock.advance(2000);
    expect(watch.status()).toMatchObject({ state: 'failing', detail: 'reader died', journal_rows: 3 });
    answers.refusal = null;
    await clock.advance(2000);
    expect([watch.status().state, watch.failure]).toEqual(['ok', null]);
  });

  it('keeps failures of several parts apart: one that works again does not hide another', async () => {
    const { watch, clock } = harness();
    await clock.advance(0);
    watch.report('batches of dev', new Error('disk full'));
    watch.report('checkpoints of dev', 'odd');
    watch.report('batches of dev', null);
    expect(watch.status()).toMatchObject({ state: 'failing', detail: 'odd' });
    watch.report('checkpoints of dev', null);
    expect(watch.failure).toBeNull();
  });

  it('names a forgotten slug no more, and asks anew', async () => {
    const { watch, clock, answers } = harness();
    answers.subjects = ['renamed.gone', 'renamed.gone-not'];
    await clock.advance(2000);
    watch.forget(['gone']);
    expect(watch.unknownSubjects.map(({ subject }) => subject)).toEqual(['renamed.****', 'renamed.gone-not']);
    answers.subjects = ['weather'];
    await clock.advance(0);
    expect(watch.unknownSubjects.map(({ subject }) => subject)).toEqual(['weather']);
  });

  it('holds no timer once it is stopped', async () => {
    const { watch, clock } = harness();
    await watch.stop();
    expect(clock.pending).toBe(0);
  });
});
