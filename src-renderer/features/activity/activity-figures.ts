import type { ActivityQuarters, ActivitySummary } from '../../../src-contract/activity.ts';
import type { ContractClient } from '../../../src-contract/client.ts';
import { Asked } from '../../state/asked.svelte.ts';
import { weeksOf } from './hours-of-week.ts';

/** The shortest time between two questions for what changes with every event, in milliseconds. */
const SUMMARY_EVERY_MS = 1000;
/** The same for what hardly changes by one event. */
const REST_EVERY_MS = 60_000;

/** What a screen about the activity of some days asks for. */
export class ActivityFigures {
  /** The days and their most active users. */
  readonly summary: Asked<ActivitySummary>;
  /** Twice the days: the period before among them. */
  readonly twice: Asked<ActivitySummary>;
  /** The whole weeks in the period, and a day before them. */
  readonly quarters: Asked<ActivityQuarters>;

  /**
   * @param days the last UTC days, today among them.
   * @param now UTC milliseconds.
   */
  constructor(client: ContractClient, env: string, days: number, now: () => number) {
    const summary = (count: number) => client.call('activity.summary', { env, days: count });
    this.summary = new Asked(SUMMARY_EVERY_MS, () => summary(days), now);
    this.twice = new Asked(REST_EVERY_MS, () => summary(2 * days), now);
    this.quarters = new Asked(
      REST_EVERY_MS,
      () => client.call('activity.quarters', { env, days: 7 * weeksOf(days) + 1 }),
      now,
    );
  }

  /** Asks for everything, each as soon as its pace allows it. */
  ask(): void {
    for (const asked of this.#all()) asked.ask();
  }

  /** Asks no more. */
  stop(): void {
    for (const asked of this.#all()) asked.stop();
  }

  #all(): Asked<unknown>[] {
    return [this.summary, this.twice, this.quarters];
  }
}
