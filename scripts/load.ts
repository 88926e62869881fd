import './check-node.js';
import { untilInterrupted } from './checks/until-interrupted.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { errorMessage } from '../src-main/lib/error-message.ts';
import { seededRandom } from '../src-main/lib/random.ts';
import { EventMaker } from './load/event-maker.ts';
import { LOAD_HELP, loadOptions, LoadOptionError, type LoadOptions } from './load/load-options.ts';
import { loadReport, loadText } from './load/load-report.ts';
import type { LoadTarget } from './load/load-target.ts';
import { runLoad } from './load/run-load.ts';

async function targetOf(options: LoadOptions): Promise<LoadTarget> {
  switch (options.target) {
    case 'http':
      return (await import('./load/targets/http-target.ts')).httpTarget(options);
    case 'ws':
      return (await import('./load/targets/web-socket-target.ts')).webSocketTarget(options);
    case 'nats':
      return (await import('./load/targets/nats-target.ts')).natsTarget(options);
  }
}

async function load(options: LoadOptions): Promise<boolean> {
  const run = `load-${options.seed}-${systemClock.now().toString(36)}`;
  const maker = new EventMaker({ ...options, run, random: seededRandom(options.seed) });
  const signal = untilInterrupted();
  const target = await targetOf(options);
  try {
    const figures = await runLoad(options, { target, clock: systemClock, next: () => maker.next(), signal });
    const report = loadReport(options, figures, maker.counts);
    console.log(loadText(report));
    if (options.json) console.log(JSON.stringify(report));
    return figures.accepted > 0 || figures.isInterrupted;
  } finally {
    await target.stop();
  }
}

/** The exit code: 0 when the run came to its end, interrupted or not; 1 when nothing was accepted; 2 for a bad option. */
async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) {
    console.log(LOAD_HELP);
    return 0;
  }
  try {
    return (await load(loadOptions(words))) ? 0 : 1;
  } catch (error) {
    console.error(`load: ${errorMessage(error)}`);
    return error instanceof LoadOptionError ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
