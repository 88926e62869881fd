import { seededRandom } from '../../../src-main/lib/random.ts';
import { agreesWithModel } from '../checks/model-agreement.ts';
import { equalsRebuilding } from '../checks/rebuilt-projection.ts';
import { looking } from '../checks/stored-journal.ts';
import { counted, nothingWrong, type Finding, type Point } from '../finding.ts';
import { Lab } from '../hosts/lab.ts';
import { publishPaced } from '../hosts/paced-publisher.ts';
import type { ServeProcess } from '../hosts/serve-process.ts';
import { ledgerFault, storedUpTo } from '../hosts/stream-settled.ts';
import { fated, mixedTraffic } from '../model/mixed-traffic.ts';
import { PortfolioModel } from '../model/portfolio-model.ts';

interface Scale {
  messages: number;
  slugs: number;
  kills: number;
  perSecond: number;
}

export const FULL: Scale = { messages: 50_000, slugs: 500, kills: 20, perSecond: 900 };
export const SHORT: Scale = { messages: 6000, slugs: 80, kills: 4, perSecond: 700 };

/** Kills the host at random instants while events are published, and looks whether anything was lost or doubled. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const nats = await lab.nats('dev');
    const traffic = mixedTraffic('dev', 3, { events: scale.messages, slugs: scale.slugs }, Date.now());
    const hosts = new KilledHosts(() => lab.start('--nats', nats.url));
    const instants = killInstants(scale);
    await hosts.first();
    log(`publishing ${scale.messages} messages at ${scale.perSecond}/s, ${scale.kills} kills`);
    await publishPaced(await lab.publisher(nats), traffic.messages, {
      perSecond: scale.perSecond,
      signal,
      onPublished(count) {
        if (count < (instants[0] ?? Infinity)) return;
        instants.shift();
        hosts.killSoon();
        log(`kill ${hosts.kills} after ${count} messages`);
      },
    });
    const host = await hosts.last();
    const status = await storedUpTo(lab, lab.rest(host), traffic.messages.length, 60_000);
    // Killed once more, so that the rebuild has a journal behind its checkpoint and no clean end to lean on.
    await host.end('SIGKILL');
    log('looking through the database');
    const stored = looking(lab.folder, (journal) => journal.holdsJust('dev', traffic));
    const rebuilt = await equalsRebuilding(lab.folder, 'dev');
    log('starting once more, to compare every portfolio');
    const { rest: again } = await lab.serve('--nats', nats.url);
    return [
      ...hosts.findings(scale.kills),
      counted('events in the ledger', status.ledger.stored, fated(traffic, 'event')),
      nothingWrong('ledger adds up after the last restart', 1, [ledgerFault(status) ?? []].flat()),
      ...stored,
      ...rebuilt,
      ...(await agreesWithModel(again, new PortfolioModel(traffic.script))),
    ];
  });

/** One instant in each equal part of the publication, at a place in it that the seed decides. */
function killInstants({ messages, kills }: Scale): number[] {
  const random = seededRandom(11);
  const part = messages / kills;
  return Array.from({ length: kills }, (_, index) => Math.floor((index + random.next() * 0.95) * part) + 1);
}

/** Hosts on the same folder, one after the other, each ended by `kill -9`. */
class KilledHosts {
  kills = 0;
  readonly #start: () => ServeProcess;
  #present: ServeProcess;
  #whileStarting = 0;
  #restarting: Promise<void> = Promise.resolve();

  constructor(start: () => ServeProcess) {
    this.#start = start;
    this.#present = start();
  }

  async first(): Promise<void> {
    await this.#present.ready;
  }

  /** Kills the present host and starts the next; one kill at a time. */
  killSoon(): void {
    this.kills++;
    this.#restarting = this.#restarting.then(async () => {
      if (!this.#present.isReady) this.#whileStarting++;
      await this.#present.end('SIGKILL');
      this.#present = this.#start();
    });
  }

  /** The host that is left when nobody kills any more, once it answers. */
  async last(): Promise<ServeProcess> {
    await this.#restarting;
    await this.#present.ready;
    return this.#present;
  }

  findings(asked: number): Finding[] {
    const { what, figure, holds } = counted('kills while events were published', this.kills, asked);
    return [{ what, figure: `${figure}, ${this.#whileStarting} of them while the host started`, holds }];
  }
}
