import type { NatsConnection } from '@nats-io/transport-node';
import { agreesWithModel } from '../checks/model-agreement.ts';
import { looking } from '../checks/stored-journal.ts';
import { counted, nothingWrong, type Finding, type Point } from '../finding.ts';
import { Lab } from '../hosts/lab.ts';
import { publishPaced } from '../hosts/paced-publisher.ts';
import type { RestClient } from '../hosts/rest-client.ts';
import { ledgerFault, storedUpTo } from '../hosts/stream-settled.ts';
import { fated, mixedTraffic, type Traffic } from '../model/mixed-traffic.ts';
import { PortfolioModel } from '../model/portfolio-model.ts';

interface Scale {
  /** Messages published to dev; prod gets half as many again. */
  messages: number;
  switches: number;
  perSecond: number;
}

export const FULL: Scale = { messages: 20_000, switches: 20, perSecond: 2000 };
export const SHORT: Scale = { messages: 2000, switches: 6, perSecond: 1500 };

const SLUGS = 60;
const PROD_SHARE = 1.5;

/** Switches between two environments while both are published to, and looks whether anything was mixed. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const nats = await lab.nats('dev', 'prod');
    const { host, rest } = await lab.serve('--nats', nats.url, '--env', 'dev');
    const now = Date.now();
    // The same slugs in both, so that a holding that strayed would show.
    const traffic = {
      dev: mixedTraffic('dev', 21, { events: scale.messages, slugs: SLUGS }, now),
      prod: mixedTraffic('prod', 22, { events: scale.messages * PROD_SHARE, slugs: SLUGS }, now),
    };
    const published = publishBoth(await lab.publisher(nats), traffic, scale, signal);
    const switched = await switchOften(rest, published, scale, log);
    await published.done;

    const findings: Finding[] = [];
    for (const [env, sent] of Object.entries(traffic)) {
      await rest.activate(env);
      const status = await storedUpTo(lab, rest, sent.messages.length, 60_000);
      findings.push(
        counted(`${env}: events in the ledger`, status.ledger.stored, fated(sent, 'event')),
        nothingWrong(`${env}: ledger adds up`, 1, [ledgerFault(status) ?? []].flat()),
        ...named(env, await agreesWithModel(rest, new PortfolioModel(sent.script))),
      );
    }
    await host.end('SIGTERM');
    const stored = looking(lab.folder, (journal) =>
      Object.entries(traffic).flatMap(([env, sent]) => named(env, journal.holdsJust(env, sent))),
    );
    return [
      counted('switches while both were published to', switched, scale.switches),
      ...findings,
      ...stored,
    ];
  });

interface Publication {
  /** Share of all messages that was published so far, 0 to 1. */
  progress: () => number;
  done: Promise<unknown>;
}

function publishBoth(
  connection: NatsConnection,
  { dev, prod }: { dev: Traffic; prod: Traffic },
  { messages, perSecond }: Scale,
  signal: AbortSignal,
): Publication {
  let published = 0;
  const done = Promise.all([
    publishPaced(connection, dev.messages, {
      perSecond,
      signal,
      onPublished: (count) => (published = count),
    }),
    publishPaced(connection, prod.messages, { perSecond: perSecond * PROD_SHARE, signal }),
  ]);
  // Whoever waits for it hears it; until then a failure must not end the process.
  done.catch(() => undefined);
  return { progress: () => published / messages, done };
}

/** Switches at equal steps of the publication; answers how many switches were made before it ended. */
async function switchOften(
  rest: RestClient,
  { progress, done }: Publication,
  { switches }: Scale,
  log: (words: string) => void,
): Promise<number> {
  let made = 0;
  while (made < switches && progress() < 1) {
    if (progress() < made / switches) {
      await Promise.race([done, rest.status()]);
      continue;
    }
    const env = made % 2 === 0 ? 'prod' : 'dev';
    await rest.activate(env);
    made++;
    log(`switch ${made}: ${env}`);
  }
  return made;
}

function named(env: string, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, what: `${env}: ${finding.what}` }));
}
