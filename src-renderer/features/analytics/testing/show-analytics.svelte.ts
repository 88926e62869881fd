import { render } from '@testing-library/svelte';
import { tick, type Component } from 'svelte';
import { vi } from 'vitest';
import type {
  AnalyticsFigures,
  PipelineState,
  SeriesPoint,
  Stage,
} from '../../../../src-contract/analytics.ts';
import type { FakeAnswers } from '../../../../src-contract/fake-client.ts';
import { DEFAULT_SETTINGS } from '../../../../src-contract/settings.ts';
import type { SystemStatus } from '../../../../src-contract/system.ts';
import { setAppContext } from '../../../state/app-context.ts';
import { fakeFigures, fakePipeline, fakeSeries, fakeStages } from '../../../state/fake-analytics.ts';
import { fakeApp } from '../../../state/fake-app.ts';
import { fakeStatus } from '../../../state/fake-status.ts';
import Provided from '../../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../../ui/time-context.ts';
import AnalyticsScreen from '../AnalyticsScreen.svelte';
import RejectsScreen from '../rejects/RejectsScreen.svelte';

/** Lets answers arrive and be drawn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await tick();
}

/** Lets what waits for a pause happen; needs fake timers. */
export async function later(ms = 300): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settled();
}

/** What the engine knows when a screen is shown; null: nothing yet. */
export interface Known {
  figures?: AnalyticsFigures | null;
  series?: SeriesPoint[];
  pipeline?: PipelineState | null;
  stages?: Stage[];
  status?: SystemStatus;
}

/** Shows the screen Analytics over a fake client at 10:00:05 UTC. */
export async function showAnalytics(known: Known = {}, answers: FakeAnswers = {}, query = '') {
  history.replaceState(null, '', `/analytics${query}`);
  const shown = provide(AnalyticsScreen, {}, answers);
  const { client } = shown;
  const { figures = fakeFigures(), series = fakeSeries([3, 5, 4]) } = known;
  const { pipeline = fakePipeline(), stages = fakeStages(), status = fakeStatus() } = known;
  client.push('status', status, []);
  client.push('settings', DEFAULT_SETTINGS, []);
  if (figures !== null) client.push('analytics', figures, series);
  if (pipeline !== null) client.push('pipeline', pipeline, stages);
  client.push('eventTail', { env: status.env, seen: 0 }, []);
  await settled();
  return shown;
}

/** Shows the rejects bench over a fake client at 10:00:05 UTC, with as many open rejects as the ledger says. */
export async function showRejects(answers: FakeAnswers, open: number, address = '/analytics/rejects') {
  history.replaceState(null, '', address);
  const id = /\/(\d+)/.exec(address)?.[1];
  const shown = provide(RejectsScreen, { id: id === undefined ? null : Number(id) }, answers);
  const count = (rejected: number, env = 'demo') => {
    const ledger = { received: 500, stored: 500 - rejected, repeated: 0, rejected, waiting: 0 };
    shown.client.push('status', fakeStatus({ env, ledger }), []);
    return settled();
  };
  await count(open);
  return { ...shown, count };
}

function provide(component: Component<never>, given: object, answers: FakeAnswers) {
  const { client, app } = fakeApp(answers);
  const clock = $state({ now: Date.parse('2026-11-21T10:00:05.000Z') });
  const time = {
    get now() {
      return clock.now;
    },
    zone: 'UTC',
  } as typeof app.time;
  const view = render(Provided, {
    provide: () => {
      setAppContext({ ...app, time });
      setTimeContext(time);
    },
    component,
    given: { ...given },
  });
  const sent = (name: string) => client.calls.filter((call) => call.name === name).map(({ args }) => args);
  /** Gives the component other properties, as the shell does when the address changes. */
  const give = async (next: object): Promise<void> => {
    await view.rerender({ given: { ...next } });
    await settled();
  };
  return { client, app, clock, sent, give };
}
