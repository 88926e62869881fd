import { render } from '@testing-library/svelte';
import { tick } from 'svelte';
import { vi } from 'vitest';
import type { ActivityState } from '../../../../src-contract/activity.ts';
import type { CallName } from '../../../../src-contract/channels.ts';
import type { FakeAnswers } from '../../../../src-contract/fake-client.ts';
import { DEFAULT_SETTINGS } from '../../../../src-contract/settings.ts';
import { setAppContext } from '../../../state/app-context.ts';
import { fakeActivitySummary } from '../../../state/fake-activity.ts';
import { fakeApp } from '../../../state/fake-app.ts';
import Provided from '../../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../../ui/time-context.ts';
import ActivityScreen from '../ActivityScreen.svelte';

/** Lets answers arrive and be drawn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await tick();
}

/** Lets time pass, at fake timers, and what it brings be drawn. */
export async function later(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settled();
}

/** What the engine says of activity, 40 ever; `patch` says what is different. */
export function fakeActivity(patch: Partial<ActivityState> = {}): ActivityState {
  return { env: 'demo', total: 40, newest_at: '2026-11-21T10:00:00.000Z', ...patch };
}

const QUARTERS = {
  from: '2026-10-24T00:00:00.000Z',
  to: '2026-11-22T00:00:00.000Z',
  items: [
    { at: '2026-11-19T23:15:00.000Z', count: 30 },
    { at: '2026-11-21T09:45:00.000Z', count: 10 },
  ],
};

/** How the screen is shown: what is known at first, null for nothing yet; the query of the address; the time zone. */
interface Shown {
  activity?: ActivityState | null;
  query?: string;
  zone?: string;
}

/** Shows the screen Activity over a fake client at 10:00:05 UTC. */
export async function showActivity(
  answers: FakeAnswers = {},
  { activity, query = '', zone = 'UTC' }: Shown = {},
) {
  history.replaceState(null, '', `/activity${query}`);
  const { client, app } = fakeApp({
    'activity.summary': () => fakeActivitySummary(),
    'activity.quarters': () => QUARTERS,
    ...answers,
  });
  const time = { now: Date.parse('2026-11-21T10:00:05.000Z'), zone } as typeof app.time;
  render(Provided, {
    provide: () => {
      setAppContext({ ...app, time });
      setTimeContext(time);
    },
    component: ActivityScreen,
    given: {},
  });
  client.push('settings', DEFAULT_SETTINGS, []);
  client.push('eventTail', { env: 'demo', seen: 0 }, []);
  if (activity !== null) client.push('activity', activity ?? fakeActivity(), []);
  await settled();
  const asked = (name: CallName) => client.calls.filter((call) => call.name === name).map(({ args }) => args);
  return { client, asked };
}
