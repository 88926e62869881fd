import type { ActivitySummary } from '../../../src-contract/activity.ts';
import type { AnalyticsSummary } from '../../../src-contract/analytics.ts';
import type { Ledger, SystemReport } from '../../../src-contract/system.ts';
import { seededRandom } from '../../../src-main/lib/random.ts';
import { REJECT_LIMITS } from '../../../src-main/store/reject-table.ts';
import { EventMaker } from '../../load/event-maker.ts';
import type { LoadEvents } from '../../load/load-options.ts';
import { sampling } from '../checks/sampling.ts';
import { storedEvents, type NamedFamily } from '../checks/stored-events.ts';
import { looking } from '../checks/stored-journal.ts';
import { counted, nothingWrong, type Finding, type Point } from '../finding.ts';
import { driveLane, type LaneFigures } from '../hosts/event-lane.ts';
import { everyLane } from '../hosts/event-lanes.ts';
import { Lab } from '../hosts/lab.ts';
import type { RestClient } from '../hosts/rest-client.ts';
import { activeStream, ledgerFault } from '../hosts/stream-settled.ts';
import { Window } from '../hosts/window.ts';

interface Scale {
  seconds: number;
}

export const FULL: Scale = { seconds: 300 };
export const SHORT: Scale = { seconds: 5 };

const RUN = 'ledger';
const BAD_PERCENT = 5;
const REPEATED_PERCENT = 1;
/** Messages that the stream may be ahead of the host: it always has more to read than it can. */
const AHEAD = 20_000;
/** Raw events must not age out before they were counted, in MiB. */
const KEPT = 100_000;

/** What a look at the status said. */
interface Sample {
  readonly fault: string | null;
  readonly waiting: number;
}

/** Sends good, bad and repeated events by every way in, as fast as they are taken, and samples the ledger all the while. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const nats = await lab.nats('dev');
    const { host, rest } = await lab.serve('--nats', nats.url);
    await keepEverything(lab, host.url);
    const analytics = makerOf('analytics');
    const activity = makerOf('activity');
    let ahead = 0;
    const look = async (): Promise<Sample> => {
      const status = await rest.status();
      ahead = activeStream(status)?.lag ?? 0;
      return { fault: faultOf(status), waiting: status.ledger.waiting };
    };
    const lanes = await everyLane(lab, {
      ...{ url: host.url, nats: nats.url, analytics, activity },
      streamMayGrow: () => ahead < AHEAD,
    });
    log(`sending by ${lanes.length} ways for ${scale.seconds} s`);
    const samples = sampling(signal, look);
    const begun = performance.now();
    const isOver = () => performance.now() - begun > scale.seconds * 1000;
    const figures = await Promise.all(lanes.map((lane) => driveLane(lane, isOver, signal)));
    const counts = [analytics.counts, activity.counts];
    const made = sumOf(counts, 'made');
    const { ledger } = await lab.until('everything is stored', 120_000, async () => {
      const status = await rest.status();
      return status.ledger.received === made && status.ledger.waiting === 0 ? status : undefined;
    });
    const rate = Math.round(made / ((performance.now() - begun) / 1000));
    log(`${made} events, ${rate} a second`);
    const sampled = await samples.stop();
    const projected = await projectedOf(rest);
    await host.end('SIGTERM');
    return [
      sent(figures, made, rate),
      ...sampleFindings(sampled),
      ...ledgerFindings(ledger, counts),
      counted('analytics processed', projected.analytics, distinct(analytics)),
      counted('activity in the summary', projected.activity, distinct(activity)),
      ...journalFindings(lab.folder, 'analytics.event', distinct(analytics)),
      ...journalFindings(lab.folder, 'activity.recorded', distinct(activity)),
      counted(
        'reject rows, of which the newest are kept',
        looking(lab.folder, (journal) => journal.counts('dev').rejects),
        Math.min(sumOf(counts, 'bad'), REJECT_LIMITS.rows),
      ),
    ];
  });

function makerOf(events: LoadEvents): EventMaker {
  const random = seededRandom(events.length);
  return new EventMaker({ events, bad: BAD_PERCENT, repeated: REPEATED_PERCENT, run: RUN, random });
}

/** How many different valid events a maker made: what must be stored, whichever copy came first. */
function distinct({ counts: { made, bad, repeated } }: EventMaker): number {
  return made - bad - repeated;
}

async function keepEverything(lab: Lab, url: string): Promise<void> {
  const window = new Window(url);
  await lab.until('the settings are changed', 10_000, () =>
    window.client.call('settings.set', { retention: { journal_megabytes: KEPT } }),
  );
  await window.close();
}

/** What does not add up: all sources together, or one of them. */
function faultOf(status: SystemReport): string | null {
  const one = (source: string, ledger: Ledger): string | null => {
    const fault = ledgerFault({ ...status, ledger });
    return fault === null ? null : `${source}: ${fault}`;
  };
  const parts = status.ledgers.flatMap((ledger) => one(ledger.source, ledger) ?? []);
  return one('all', status.ledger) ?? parts[0] ?? null;
}

async function projectedOf(rest: Pick<RestClient, 'get'>): Promise<{ analytics: number; activity: number }> {
  const summary = await rest.get<AnalyticsSummary>('/api/analytics/summary?window=start');
  const { days } = await rest.get<ActivitySummary>('/api/metrics/summary');
  return { analytics: summary.processed, activity: days.reduce((sum, { total }) => sum + total, 0) };
}

function sent(figures: readonly LaneFigures[], made: number, rate: number): Finding {
  const refused = figures.reduce((sum, lane) => sum + lane.refused, 0);
  const starved = figures.filter(({ goesOn }) => !goesOn).map(({ title }) => title);
  const what = `events by ${figures.length} ways, ${BAD_PERCENT} % bad, ${REPEATED_PERCENT} % repeated`;
  const figure = `${made}, ${rate} a second; ${refused} requests were sent again, as there was no room`;
  return {
    what,
    figure: starved.length === 0 ? figure : `kept waiting: ${starved.join(', ')}`,
    holds: starved.length === 0,
  };
}

function sampleFindings(samples: readonly Sample[]): Finding[] {
  const faults = samples.flatMap(({ fault }) => fault ?? []);
  const busy = samples.filter(({ waiting }) => waiting > 0).length;
  const adding = nothingWrong('samples in which the ledger adds up, of each source', samples.length, faults);
  return [{ ...adding, figure: `${adding.figure}, ${busy} of them with events waiting` }];
}

type Counts = EventMaker['counts'];

function sumOf(counts: readonly Counts[], field: keyof Counts): number {
  return counts.reduce((sum, count) => sum + count[field], 0);
}

function ledgerFindings(ledger: Ledger, counts: readonly Counts[]): Finding[] {
  const [made, bad, repeated] = [sumOf(counts, 'made'), sumOf(counts, 'bad'), sumOf(counts, 'repeated')];
  return [
    counted('events received', ledger.received, made),
    counted('events stored', ledger.stored, made - bad - repeated),
    counted('events repeated', ledger.repeated, repeated),
    counted('events rejected', ledger.rejected, bad),
  ];
}

function journalFindings(folder: string, family: NamedFamily, expected: number): Finding[] {
  const stored = storedEvents(folder, 'dev', family, RUN);
  return [
    counted(`${family} in the journal`, stored.events, expected),
    nothingWrong(`${family} of different names`, stored.events, stored.wrong),
  ];
}
