import { Check } from 'typebox/value';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SystemStatus, type Source } from '../../src-contract/system.ts';
import { LatencyHistogram } from '../lib/latency-histogram.ts';
import { MAX_SERIES } from '../projections/tickers/candle-book.ts';
import { MAX_SYMBOLS } from '../projections/quotes/quote-book.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';
import { statusReport, type StatusParts } from './status-report.ts';
import { StoreWatch } from './store-watch.ts';
import { feed, optIn, optOut, price, RuntimeFixture, START } from './testing/runtime-fixture.ts';

let fixture: RuntimeFixture;
let runtime: EnvironmentRuntime;
let watch: StoreWatch;

beforeEach(async () => {
  fixture = await RuntimeFixture.open();
  runtime = await fixture.runtime('dev');
  watch = new StoreWatch(fixture.store, new LatencyHistogram(), fixture.clock, () => 'dev');
});

afterEach(async () => {
  await watch.stop();
  await runtime.stop();
  await fixture.close();
});

function report(rest: Partial<StatusParts> = {}): SystemStatus {
  const status = statusReport({
    options: {
      version: '1.0.0',
      dataFolder: '/nowhere',
      env: 'dev',
      nats: null,
      stockApi: null,
      demo: { on: false, seed: 7 },
      logLevel: 'info',
      overridden: [],
      batch: { events: 1000, lingerMs: 5 },
    },
    instanceId: 'pulse-1',
    startedAt: START - 90_500,
    now: START,
    runtime,
    watch,
    sources: [],
    services: [],
    writerQueue: { size: 1, limit: 2, highWater: 3 },
    waitingLimit: 4000,
    waitingHighWater: 77,
    eventsPerSecond: 12.5,
    notices: [],
    ...rest,
  });
  expect(Check(SystemStatus, status)).toBe(true);
  return status;
}

const source = (title: string, state: Source['state'], detail: string): Source => ({
  id: title,
  title,
  state,
  since: null,
  retry_at: null,
  detail,
  delivery: null,
});

describe('the status report', () => {
  it('says how many prices there was no room for', async () => {
    await feed(runtime, fixture.clock, [price('A', 1)]);
    expect(report()).toMatchObject({ state: 'ok', degraded: [] });
    for (let index = 1; index < MAX_SERIES; index++) {
      runtime.tickers.book.take({ symbol: `S${index}`, source: 'nats', currency: null }, START, index, 1);
    }
    await feed(runtime, fixture.clock, [price('ONE', 1), price('TWO', 1), price('A', 2)]);
    const charted = '2 prices since the start are not charted: they are beyond the limit of 20,000 series';
    expect(report()).toMatchObject({ state: 'degraded', degraded: [charted] });
    const quote = { source: 'nats', currency: null, price: 1, changePercent: null, occurredAt: START };
    for (let index = 0; index < MAX_SYMBOLS; index++)
      runtime.projection.quotes.take({ ...quote, symbol: `Q${index}` });
    const { refused } = runtime.projection.quotes;
    expect(refused).toBe(3);
    expect(report().degraded).toEqual([
      '3 prices since the start are not shown: they are beyond the limit of 100,000 symbols',
      charted,
    ]);
  });

  it('names no portfolio among unknown subjects from its opt-out on', async () => {
    await feed(runtime, fixture.clock, [optIn('anna', 'A', 1), ['portfolio.renamed.anna', {}]]);
    await watch.refresh();
    const subjects = () => report().unknown_subjects.map(({ subject }) => subject);
    expect(subjects()).toEqual(['portfolio.renamed.anna']);
    await feed(runtime, fixture.clock, [optOut('anna')]);
    expect(subjects()).toEqual(['portfolio.renamed.****']);
  });

  it('adds the ledgers of all sources up, and both sides of the sum are equal', async () => {
    await feed(runtime, fixture.clock, [optIn('anna', 'A', 1), ['stock.price_updated', {}]], 'nats');
    await feed(runtime, fixture.clock, [price('A', 1), ['weather.changed', {}]], 'demo');
    const { ledger, ledgers } = report();
    expect(ledgers).toEqual([
      { source: 'nats', received: 2, stored: 1, repeated: 0, rejected: 1, waiting: 0, other: 0 },
      { source: 'demo', received: 1, stored: 1, repeated: 0, rejected: 0, waiting: 0, other: 1 },
    ]);
    expect(ledger).toEqual({ received: 3, stored: 2, repeated: 0, rejected: 1, waiting: 0 });
  });

  it('shows streams with their lag and the gaps in them', async () => {
    await feed(runtime, fixture.clock, [price('A', 1)]);
    const stream = await runtime.hub.of('nats').openStream({ name: 'S-nats', createdAt: 1 });
    stream.observe({ firstSeq: 1, lastSeq: 9 });
    stream.gap(2, 4, 'aged out');
    await fixture.clock.advance(10);
    expect(report().streams).toMatchObject([
      {
        name: 'S-nats',
        first_seq: 1,
        last_seq: 9,
        stored_seq: 4,
        lag: 5,
        active: true,
        gaps: [{ first_seq: 2, last_seq: 4, count: 3, reason: 'aged out' }],
      },
    ]);
  });

  it('is ok while nothing is wrong', () => {
    const sources = [source('NATS', 'live', 'fine'), source('Demo feed', 'off', 'switched off')];
    expect(report({ sources })).toMatchObject({ state: 'ok', degraded: [], uptime_s: 90.5 });
  });

  it('says in words what is wrong: sources, database, services', () => {
    watch.report('batches of dev', new Error('disk full'));
    const services = Array.from({ length: 7 }, (_, index) => ({
      state: {
        id: `portfolio:p${index}`,
        title: `p${index}`,
        restarts: 5,
        lastError: null,
        state: 'failed' as const,
        since: START,
      },
      seenAt: START,
    }));
    const sources = [source('NATS', 'unreachable', 'no such host'), source('Demo feed', 'failed', 'broke')];
    expect(report({ sources, services })).toMatchObject({
      state: 'degraded',
      degraded: [
        'NATS: no such host',
        'Demo feed: broke',
        'Database: disk full',
        '7 failed: p0, p1, p2, p3, p4',
      ],
      store: { state: 'failing', detail: 'disk full' },
      service_counts: { failed: 7 },
    });
  });

  it('shows what waits before each stage of the pipeline', () => {
    expect(
      report()
        .queues.slice(2)
        .map(({ id, title }) => [id, title]),
    ).toEqual([
      ['stage-receive', 'Before stage Receive'],
      ['stage-transform', 'Before stage Check'],
      ['stage-commit', 'Before stage Commit'],
      ['stage-aggregate', 'Before stage Aggregate'],
    ]);
  });

  it('shows how full the queues are, with a limit for each stream that is read', async () => {
    await feed(runtime, fixture.clock, [price('A', 1)], 'nats');
    await feed(runtime, fixture.clock, [price('A', 1)], 'demo');
    expect(report().queues.slice(0, 2)).toEqual([
      { id: 'intake', title: 'Received, not yet stored', size: 0, limit: 8000, high_water: 77 },
      { id: 'writer', title: 'Requests to the writer', size: 1, limit: 2, high_water: 3 },
    ]);
  });

  it('names every environment that has data, and the active one', async () => {
    await feed(runtime, fixture.clock, [price('A', 1)]);
    await watch.refresh();
    const prod = await fixture.runtime('prod');
    expect(report({ runtime: prod }).environments).toEqual(['dev', 'prod']);
    await prod.stop();
  });
});
