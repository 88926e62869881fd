import { publishOn } from '../../../src-main/sources/nats/testing/publish.ts';
import { agreesWithModel } from '../checks/model-agreement.ts';
import { counted, type Point } from '../finding.ts';
import { Lab } from '../hosts/lab.ts';
import { storedUpTo } from '../hosts/stream-settled.ts';
import { PortfolioModel } from '../model/portfolio-model.ts';
import { portfolioScript, type ScriptSize } from '../model/portfolio-script.ts';
import { scriptMessage } from '../model/script-message.ts';

export const FULL: ScriptSize = { events: 10_000, slugs: 500 };
export const SHORT: ScriptSize = { events: 1500, slugs: 80 };

/** Publishes events of the four kinds, and compares every portfolio with an independent computation. */
export const run: Point<ScriptSize> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const nats = await lab.nats('dev');
    const { rest } = await lab.serve('--nats', nats.url);
    const script = portfolioScript(1, scale, Date.now());
    log(`publishing ${scale.events} events about ${scale.slugs} slugs`);
    await publishOn(
      await lab.publisher(nats),
      script.map((event) => scriptMessage('dev', event)),
    );
    const status = await storedUpTo(lab, rest, script.length, 60_000);
    log('comparing every portfolio');
    return [
      counted('events stored', status.ledger.stored, script.length),
      ...(await agreesWithModel(rest, new PortfolioModel(script))),
    ];
  });
