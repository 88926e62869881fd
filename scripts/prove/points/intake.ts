import type { ActivitySummary } from '../../../src-contract/activity.ts';
import type { AnalyticsSummary } from '../../../src-contract/analytics.ts';
import type { Random } from '../../../src-main/lib/random.ts';
import { seededRandom } from '../../../src-main/lib/random.ts';
import { storedEvents, type NamedFamily } from '../checks/stored-events.ts';
import { counted, nothingWrong, type Finding, type Point } from '../finding.ts';
import { openTarget } from '../hosts/event-lanes.ts';
import { Lab } from '../hosts/lab.ts';
import { RepeatingCallers, type CallerKind, type CallTarget } from '../hosts/repeating-callers.ts';
import type { ServeProcess } from '../hosts/serve-process.ts';
import { ledgerFault } from '../hosts/stream-settled.ts';

interface Scale {
  kills: number;
}

export const FULL: Scale = { kills: 50 };
export const SHORT: Scale = { kills: 3 };

const RUN = 'intake';
const FAMILIES: readonly NamedFamily[] = ['activity.recorded', 'analytics.event'];
const HOST = ['--no-demo', '--env', 'dev'];
/** A host is killed at one of the first so many answers: then others are always under way. */
const KILLED_WITHIN = 60;

const KINDS: readonly CallerKind[] = [
  { way: 'activity', family: 'activity.recorded', batch: 1 },
  { way: 'activity', family: 'activity.recorded', batch: 1 },
  { way: 'activity', family: 'activity.recorded', batch: 20 },
  { way: 'events', family: 'analytics.event', batch: 1 },
  { way: 'events', family: 'analytics.event', batch: 500 },
  { way: 'events', family: 'analytics.event', batch: 30 },
  { way: 'frames', family: 'analytics.event', batch: 1 },
  { way: 'frames', family: 'analytics.event', batch: 1 },
];

/** Kills the host in the moment an answer arrives, again and again, and looks whether what was answered is in the database. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const hosts = new HostsKilledAtAnswers(lab, seededRandom(17), scale.kills);
    const callers = new RepeatingCallers({
      run: RUN,
      target: () => hosts.target(),
      onAnswered: () => hosts.answered(),
    });
    const lost: string[] = [];
    hosts.onDead = () => {
      lost.push(...FAMILIES.flatMap((family) => missing(lab.folder, family, callers.answered(family))));
      if (hosts.kills % 10 === 0) log(`${hosts.kills} kills, ${callers.sentAgain} events were sent again`);
    };
    const isOver = () => signal.aborted || hosts.areAllKilled;
    await Promise.all(KINDS.map((kind) => callers.call(kind, isOver)));
    const host = await hosts.last();
    const findings = await countedOnce(lab, host, callers);
    await host.end('SIGTERM');
    return [
      counted('kills in the moment of an answer', hosts.kills, scale.kills),
      nothingWrong('kills after which all that was answered is stored', hosts.kills, lost),
      nothingWrong(
        `answers that accepted everything, ${callers.sentAgain} events were sent again`,
        FAMILIES.reduce((sum, family) => sum + callers.answered(family).length, 0),
        callers.wrongAnswers,
      ),
      ...findings,
      ...FAMILIES.flatMap((family) => onceEach(lab.folder, family, callers)),
    ];
  });

function missing(folder: string, family: NamedFamily, answered: readonly number[]): string[] {
  const stored = storedEvents(folder, 'dev', family, RUN);
  return answered.flatMap((number) => (stored.has(number) ? [] : [`${family} ${number} is missing`]));
}

async function countedOnce(lab: Lab, host: ServeProcess, callers: RepeatingCallers): Promise<Finding[]> {
  const rest = lab.rest(host);
  const status = await rest.status();
  const { processed } = await rest.get<AnalyticsSummary>('/api/analytics/summary?window=start');
  const { days } = await rest.get<ActivitySummary>('/api/metrics/summary');
  const activities = days.reduce((sum, { total }) => sum + total, 0);
  const made = FAMILIES.reduce((sum, family) => sum + callers.made(family), 0);
  const { stored, repeated } = status.ledger;
  return [
    counted('events in the ledger', stored, made),
    {
      what: 'events that came again and were not counted twice',
      figure: `${repeated} of ${callers.sentAgain} that were sent again`,
      holds: repeated <= callers.sentAgain,
    },
    nothingWrong('ledger adds up after the last restart', 1, [ledgerFault(status) ?? []].flat()),
    counted('analytics processed', processed, callers.made('analytics.event')),
    counted('activity in the summary', activities, callers.made('activity.recorded')),
  ];
}

function onceEach(folder: string, family: NamedFamily, callers: RepeatingCallers): Finding[] {
  const { events, wrong } = storedEvents(folder, 'dev', family, RUN);
  return [
    counted(`${family} in the journal`, events, callers.made(family)),
    nothingWrong(`${family} stored once`, events, wrong),
  ];
}

/** Hosts on one folder, each killed in the moment in which one of its first answers arrives. */
class HostsKilledAtAnswers {
  kills = 0;
  /** Called after each kill, while nobody has the database open. */
  onDead: () => void = () => undefined;
  readonly #lab: Lab;
  readonly #random: Random;
  readonly #wanted: number;
  #host: ServeProcess;
  #target: Promise<CallTarget>;
  #answersLeft: number;

  constructor(lab: Lab, random: Random, wanted: number) {
    this.#lab = lab;
    this.#random = random;
    this.#wanted = wanted;
    this.#host = lab.start(...HOST);
    this.#answersLeft = random.int(1, KILLED_WITHIN);
    this.#target = this.#open();
  }

  get areAllKilled(): boolean {
    return this.kills === this.#wanted;
  }

  target(): Promise<CallTarget> {
    return this.#target;
  }

  /** An answer has arrived: it may be the last. */
  answered(): void {
    this.#answersLeft -= 1;
    if (this.#answersLeft !== 0 || this.areAllKilled) return;
    this.kills += 1;
    const dying = this.#host.end('SIGKILL');
    this.#target = dying.then(() => {
      this.onDead();
      this.#answersLeft = this.#random.int(1, KILLED_WITHIN);
      this.#host = this.#lab.start(...HOST);
      return this.#open();
    });
  }

  /** The host that is left, once it answers. */
  async last(): Promise<ServeProcess> {
    await this.#target;
    return this.#host;
  }

  async #open(): Promise<CallTarget> {
    const url = await this.#host.ready;
    const open = async (...words: string[]) => {
      const target = await openTarget([...words, '--url', url]);
      this.#lab.defer(() => target.stop());
      return target;
    };
    return {
      events: await open('--target', 'http', '--batch', '500'),
      activity: await open('--target', 'http', '--events', 'activity'),
      frames: await open('--target', 'ws', '--connections', '2'),
    };
  }
}
