import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Source, SystemReport } from '../../../src-contract/system.ts';
import { makeStream, publishOn } from '../../../src-main/sources/nats/testing/publish.ts';
import { agreesWithModel } from '../checks/model-agreement.ts';
import { looking } from '../checks/stored-journal.ts';
import { atMost, counted, type Finding, type Point } from '../finding.ts';
import { Lab } from '../hosts/lab.ts';
import { storedUpTo } from '../hosts/stream-settled.ts';
import { fated, mixedTraffic, type Traffic } from '../model/mixed-traffic.ts';
import { PortfolioModel } from '../model/portfolio-model.ts';

interface Scale {
  /** Messages before the outage, after it, and in the stream made anew: a third each. */
  messages: number;
  outageMs: number;
}

export const FULL: Scale = { messages: 9000, outageMs: 20_000 };
export const SHORT: Scale = { messages: 1500, outageMs: 3000 };

const NOTICED_WITHIN_MS = 3000;
const HEALED_WITHIN_MS = 5000;
const SLUGS = 60;

/** Stops the nats-server for a while, then replaces its stream, with events before and after each. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const nats = await lab.nats('dev');
    const { host, rest } = await lab.serve('--nats', nats.url);
    const third = scale.messages / 3;
    const first = mixedTraffic('dev', 5, { events: 2 * third, slugs: SLUGS }, Date.now());
    const second = mixedTraffic('dev', 6, { events: third, slugs: SLUGS, prefix: 'q' }, Date.now());

    await publishOn(await lab.publisher(nats), first.messages.slice(0, third));
    const stoppedAt = Date.now();
    await nats.kill('SIGTERM');
    const unreachable = await lab.until('the host notices', NOTICED_WITHIN_MS, async () =>
      unreachableSource(await rest.status()),
    );
    const noticedMs = Date.now() - stoppedAt;
    log(`stopped for ${scale.outageMs / 1000} s: ${unreachable.detail}`);
    await sleep(Math.max(0, stoppedAt + scale.outageMs - Date.now()), undefined, { signal });
    const still = unreachableSource(await rest.status());

    const returned = performance.now();
    await nats.restart();
    const publisher = await lab.publisher(nats);
    await publishOn(publisher, first.messages.slice(third));
    await storedUpTo(lab, rest, first.messages.length, 30_000);
    await lab.until('the source is live', 30_000, async () => natsIn(await rest.status(), 'live'));
    const healedMs = performance.now() - returned;

    log('replacing the stream');
    await replaceStream(publisher, nats.url);
    await publishOn(publisher, second.messages);
    const replaced = await storedUpTo(lab, rest, second.messages.length, 30_000);
    const live = await agreesWithModel(rest, new PortfolioModel([...first.script, ...second.script]));
    await host.end('SIGTERM');
    return [
      atMost('the outage is noticed after', noticedMs, NOTICED_WITHIN_MS, 'ms'),
      sinceFinding(unreachable, still, stoppedAt),
      atMost('healed, with nothing waiting, after its return', healedMs, HEALED_WITHIN_MS, 'ms'),
      ...replacedFindings(replaced, first, second),
      ...storedFindings(lab.folder, first, second),
      ...live,
    ];
  });

function natsIn(status: SystemReport, state: Source['state']): Source | undefined {
  return status.sources.find((source) => source.id === 'nats' && source.state === state);
}

function unreachableSource(status: SystemReport): Source | undefined {
  return natsIn(status, 'unreachable');
}

function sinceFinding(noticed: Source, still: Source | undefined, stoppedAt: number): Finding {
  const since = Date.parse(noticed.since ?? '');
  return {
    what: 'unreachable since when is said, until the end of it',
    figure: `${noticed.since} (stopped ${new Date(stoppedAt).toISOString()})`,
    holds: since >= stoppedAt && since <= stoppedAt + NOTICED_WITHIN_MS && still?.since === noticed.since,
  };
}

async function replaceStream(connection: NatsConnection, url: string): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.streams.delete('PULSE_DEV');
  await makeStream(url, 'dev');
}

function replacedFindings(status: SystemReport, first: Traffic, second: Traffic): Finding[] {
  const [before, after] = status.streams.filter(({ name }) => name === 'PULSE_DEV');
  const shown = `${before?.active === false ? 'replaced' : 'active'}, ${after?.active === true ? 'active' : 'missing'}`;
  return [
    {
      what: 'the stream made anew is shown beside the one it replaced',
      figure: shown,
      holds: shown === 'replaced, active',
    },
    counted('sequence stored of the one that was replaced', before?.stored_seq ?? 0, first.messages.length),
    counted('sequence stored of the new one', after?.stored_seq ?? 0, second.messages.length),
    counted('events in the ledger', status.ledger.stored, fated(first, 'event') + fated(second, 'event')),
  ];
}

function storedFindings(folder: string, first: Traffic, second: Traffic): Finding[] {
  return looking(folder, (journal) => {
    const streams = journal.incarnations('dev');
    const named = (findings: readonly Finding[], where: string): Finding[] =>
      findings.map((finding) => ({ ...finding, what: `${where}: ${finding.what}` }));
    return [
      counted('streams stored', streams.length, 2),
      counted('journal rows', journal.counts('dev').rows, fated(first, 'event') + fated(second, 'event')),
      ...named(journal.holds(streams[0], first), 'first stream'),
      ...named(journal.holds(streams[1], second), 'second stream'),
    ];
  });
}
