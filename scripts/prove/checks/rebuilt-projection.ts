import { NOTHING_STORED, type PortfolioState } from '../../../src-contract/checkpoint.ts';
import type { ValuePoint } from '../../../src-contract/portfolio.ts';
import { systemClock } from '../../../src-main/lib/clock.ts';
import { silentLog } from '../../../src-main/lib/log.ts';
import { seededRandom } from '../../../src-main/lib/random.ts';
import { Supervisor } from '../../../src-main/lib/supervisor.ts';
import { storedEvents } from '../../../src-main/pipeline/stored-events.ts';
import { PortfolioProjection } from '../../../src-main/projections/portfolios/portfolio-projection.ts';
import { openStore, type Store } from '../../../src-main/store/open-store.ts';
import { nothingWrong, type Finding } from '../finding.ts';
import { amountText } from '../model/fraction.ts';
import { firstDifference } from './first-difference.ts';

const ROWS = 5000;

/**
 * Whether what a stopped host goes on from (its checkpoint and the journal after it) equals what the journal alone gives
 * from nothing: portfolios with their metrics, quotes, and the value history of what is shared.
 * Writes the outstanding checkpoint into the folder.
 */
export async function equalsRebuilding(folder: string, env: string): Promise<Finding[]> {
  const store = await openStore({ folder, mode: 'inline', log: silentLog, clock: systemClock });
  try {
    const checkpoint = await store.jobs.portfolioState(env);
    const continued = await replayed(store, env, checkpoint);
    const rebuilt = await replayed(store, env, NOTHING_STORED);
    const outstanding = continued.takeCheckpoint();
    if (outstanding !== null) await store.writer.checkpoint(outstanding);
    const fromNothing = rebuilt.takeCheckpoint();
    const stored = await store.jobs.portfolioState(env);
    return [
      {
        what: 'journal batches behind the checkpoint, which were replayed',
        figure: `${continued.batch - checkpoint.batch} of ${rebuilt.batch}`,
        holds: continued.batch === rebuilt.batch,
      },
      nothingWrong('portfolios equal a rebuild from nothing', rebuilt.registry.size, [
        ...unlikeRecords(contentOf(continued), contentOf(rebuilt)),
        ...unlikeRecords(
          new Map(stored.portfolios.map((record) => [record.slug, record])),
          new Map([...rebuilt.registry.all()].map(({ record }) => [record.slug, record])),
        ),
      ]),
      nothingWrong(
        'quotes equal a rebuild from nothing',
        fromNothing?.quotes.length ?? 0,
        unlikeRecords(quotesOf(stored.quotes), quotesOf(fromNothing?.quotes ?? [])),
      ),
      await equalHistories(store, env, rebuilt, fromNothing?.values ?? []),
    ];
  } finally {
    await store.stop();
  }
}

async function replayed(store: Store, env: string, state: PortfolioState): Promise<PortfolioProjection> {
  const projection = new PortfolioProjection({
    env,
    decimals: 2,
    prices: { preference: ['nats', 'stocks', 'demo'], currency: 'USD' },
    supervisor: new Supervisor({ clock: systemClock, random: seededRandom(1) }),
    listener: {
      portfolioChanged: () => undefined,
      holdingsReplaced: () => undefined,
      sparkChanged: () => undefined,
      communityChanged: () => undefined,
    },
    state,
  });
  for (;;) {
    const batches = await store.jobs.replay(env, projection.batch, ROWS);
    if (batches.length === 0) return projection;
    for (const stored of batches) projection.apply(stored.batch, storedEvents(stored));
  }
}

async function equalHistories(
  store: Store,
  env: string,
  rebuilt: PortfolioProjection,
  values: readonly { slug: string; minute: number; value: number; cost: number }[],
): Promise<Finding> {
  const expected = new Map<string, unknown[]>();
  for (const { slug, minute, value, cost } of [...values].sort((a, b) => a.minute - b.minute)) {
    const point: ValuePoint = {
      at: new Date(minute).toISOString(),
      value: { amount: amountText(BigInt(value)), currency: 'USD' },
      cost: { amount: amountText(BigInt(cost)), currency: 'USD' },
    };
    expected.set(slug, [...(expected.get(slug) ?? []), point]);
  }
  const actual = new Map<string, unknown[]>();
  const now = systemClock.now();
  for (const slug of rebuilt.registry.slugs()) {
    const points = await store.jobs.portfolioHistory(env, slug, now - 86_400_000, now, 'USD');
    if (points.length > 0) actual.set(slug, points);
  }
  const wrong = unlikeRecords(actual, expected);
  return nothingWrong('points of value histories equal a rebuild from nothing', values.length, wrong);
}

function contentOf(projection: PortfolioProjection): Map<string, unknown> {
  return new Map(
    [...projection.registry.all()].map(({ record, metrics, spark }) => [
      record.slug,
      { record, metrics, spark },
    ]),
  );
}

function quotesOf(quotes: PortfolioState['quotes']): Map<string, unknown> {
  return new Map(quotes.map((quote) => [`${quote.source} ${quote.symbol}`, quote]));
}

/** The keys whose records differ, or that only one side has. */
function unlikeRecords(
  actual: ReadonlyMap<string, unknown>,
  expected: ReadonlyMap<string, unknown>,
): string[] {
  const keys = new Set([...actual.keys(), ...expected.keys()]);
  return [...keys].flatMap((key) => {
    const difference = firstDifference(actual.get(key), expected.get(key));
    return difference === null ? [] : [`${key}: ${difference}`];
  });
}
