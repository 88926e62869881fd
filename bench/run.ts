import { resultText, verdict, type BenchResult } from './report.ts';

/** Every benchmark by its name; a module is loaded only when it is asked for. */
const BENCHMARKS: Record<string, () => Promise<{ run(): Promise<BenchResult> }>> = {
  intake: () => import('./intake.ts'),
  pipeline: () => import('./pipeline.ts'),
  store: () => import('./store.ts'),
  latency: () => import('./latency.ts'),
  candles: () => import('./candles.ts'),
  charts: () => import('./charts.ts'),
  invoices: () => import('./invoices.ts'),
  grid: () => import('./grid.ts'),
};

const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = names.filter((name) => !(name in BENCHMARKS));

if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${Object.keys(BENCHMARKS).join(', ')}`);
  process.exitCode = 2;
} else {
  await runAll(names.length === 0 ? Object.keys(BENCHMARKS) : names);
}

async function runAll(chosen: readonly string[]): Promise<void> {
  const results: BenchResult[] = [];
  for (const name of chosen) {
    const load = BENCHMARKS[name];
    if (load === undefined) continue;
    const result = await (await load()).run();
    results.push(result);
    console.log(resultText(result));
  }
  if (json) {
    const rated = results.map((result) => ({
      ...result,
      ratios: result.ratios.map((ratio) => ({ ...ratio, verdict: verdict(ratio) })),
    }));
    console.log(JSON.stringify({ node: process.version, results: rated }));
  }
  if (results.some(({ ratios }) => ratios.some((ratio) => verdict(ratio) === 'below'))) process.exitCode = 1;
}
