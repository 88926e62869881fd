import type { Community, Portfolio } from '../../../src-contract/portfolio.ts';
import { nothingWrong, type Finding } from '../finding.ts';
import type { RestClient } from '../hosts/rest-client.ts';
import { amountText } from '../model/fraction.ts';
import type { ExpectedPortfolio, PortfolioModel } from '../model/portfolio-model.ts';

/** Weights are quotients of two amounts, each of which is exact. */
const WEIGHT_ERROR = 1e-12;
const MOST_HELD = 10;

/** Whether every portfolio, the list of them and the community's totals are what the model says. */
export async function agreesWithModel(rest: RestClient, model: PortfolioModel): Promise<Finding[]> {
  const shared = new Set(model.shared);
  const wrong: string[] = [];
  const found: string[] = [];
  for (const slug of model.slugs) {
    const actual = await rest.portfolio(slug);
    const expected = model.portfolio(slug);
    if (expected === null) {
      if (actual !== null) found.push(slug);
    } else wrong.push(...portfolioFaults(expected, actual));
  }
  const listed = (await rest.portfolios()).map(({ slug }) => slug);
  const unlike = listed
    .filter((slug) => !shared.has(slug))
    .concat(model.shared.filter((slug) => !listed.includes(slug)));
  return [
    nothingWrong('shared portfolios equal the independent computation', shared.size, wrong),
    nothingWrong('portfolios not shared answer 404', model.slugs.length - shared.size, found),
    nothingWrong('the list names all shared portfolios and no other', shared.size, unlike),
    nothingWrong(
      'community totals equal the independent computation',
      1,
      communityFaults(model, await rest.community()),
    ),
  ];
}

function portfolioFaults(expected: ExpectedPortfolio, actual: Portfolio | null): string[] {
  if (actual === null) return [`${expected.slug} is not shown`];
  const faults = [
    unlike('total_value', actual.total_value.amount, amountText(expected.value)),
    unlike('cost_basis', actual.cost_basis.amount, amountText(expected.cost)),
    unlike('gain', actual.gain.amount, amountText(expected.gain)),
    unlike('partial', actual.partial, expected.partial),
    unlike('holding_count', actual.holding_count, expected.holdings.length),
    unlike('currency', actual.total_value.currency, 'USD'),
    ...expected.holdings.flatMap((holding, index) => holdingFaults(holding, actual.holdings[index])),
    unlike('holdings', actual.holdings.length, expected.holdings.length),
  ];
  return faults.flatMap((fault) => (fault === null ? [] : [`${expected.slug} ${fault}`]));
}

function holdingFaults(
  expected: ExpectedPortfolio['holdings'][number],
  actual: Portfolio['holdings'][number] | undefined,
): (string | null)[] {
  if (actual === undefined) return [`${expected.symbol} is missing`];
  const gain = expected.value === null ? null : amountText(expected.value - expected.cost);
  const weightError = Math.abs((actual.weight ?? 0) - (expected.weight ?? 0));
  return [
    unlike('symbol', actual.symbol, expected.symbol),
    unlike(`${expected.symbol} quantity`, actual.quantity, expected.quantity),
    unlike(`${expected.symbol} avg_price`, actual.avg_price, expected.avgPrice),
    unlike(`${expected.symbol} price`, actual.price, expected.price),
    unlike(`${expected.symbol} value`, actual.value?.amount ?? null, textOrNull(expected.value)),
    unlike(`${expected.symbol} cost`, actual.cost.amount, amountText(expected.cost)),
    unlike(`${expected.symbol} gain`, actual.gain?.amount ?? null, gain),
    unlike(`${expected.symbol} has a weight`, actual.weight === null, expected.weight === null),
    weightError <= WEIGHT_ERROR ? null : `${expected.symbol} weight is off by ${weightError}`,
  ];
}

function communityFaults(model: PortfolioModel, actual: Community): string[] {
  const portfolios = model.shared.flatMap((slug) => model.portfolio(slug) ?? []);
  const total = (of: (portfolio: ExpectedPortfolio) => bigint): string =>
    amountText(portfolios.reduce((sum, portfolio) => sum + of(portfolio), 0n));
  const held = model.heldSymbols();
  const mostHeld = held
    .sort((a, b) => b.portfolios - a.portfolios || (a.symbol < b.symbol ? -1 : 1))
    .slice(0, MOST_HELD)
    .map(({ value, ...rest }) => JSON.stringify({ ...rest, value: amountText(value) }));
  const shown = actual.most_held.map(({ symbol, portfolios: count, price, value }) =>
    JSON.stringify({ symbol, portfolios: count, price, value: value.amount }),
  );
  return [
    unlike('portfolio_count', actual.portfolio_count, portfolios.length),
    unlike(
      'total_value',
      actual.total_value.amount,
      total(({ value }) => value),
    ),
    unlike(
      'cost_basis',
      actual.cost_basis.amount,
      total(({ cost }) => cost),
    ),
    unlike(
      'gain',
      actual.gain.amount,
      total(({ gain }) => gain),
    ),
    unlike(
      'partial',
      actual.partial,
      portfolios.some(({ partial }) => partial),
    ),
    unlike('symbol_count', actual.symbol_count, held.length),
    unlike('most_held', shown.sort().join(), mostHeld.sort().join()),
  ].flatMap((fault) => fault ?? []);
}

function textOrNull(minor: bigint | null): string | null {
  return minor === null ? null : amountText(minor);
}

function unlike<T extends string | number | boolean | null>(
  what: string,
  actual: T,
  expected: T,
): string | null {
  return actual === expected ? null : `${what} is ${actual}, not ${expected}`;
}
