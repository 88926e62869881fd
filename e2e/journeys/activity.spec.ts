import { expect } from '@playwright/test';
import { Api } from '../fixtures/api.ts';
import { postEvents } from '../fixtures/posted-events.ts';
import { test } from '../fixtures/test.ts';

const DAY_MS = 86_400_000;

/** So many acts of somebody, so many days ago: just before the clock time that it is now. */
function acts(count: number, user: string, type: string, daysAgo: number): object[] {
  const occurred_at = new Date(Date.now() - daysAgo * DAY_MS - 1000).toISOString();
  return Array.from({ length: count }, () => ({ user, type, occurred_at }));
}

test.use({ args: ['--no-demo'] });

test('who did what is shown by day, user and hour of the week', async ({ app, desk }) => {
  const { activity } = desk;
  const api = new Api(app);
  await desk.shell.go('Activity');
  await expect(desk.page.getByText('No activity has been recorded yet')).toBeVisible();
  const today = acts(5, 'ann@example.com', 'task_created', 0);
  await postEvents(
    api,
    [
      ...today,
      ...acts(3, 'bob@example.com', 'task_completed', 1),
      ...acts(2, 'ann@example.com', 'task_completed', 3),
      ...acts(7, 'cid@example.com', 'comment_added', 20),
    ],
    '/api/activity',
  );
  await expect(activity.figure('Recorded')).toHaveText('17');
  await expect(activity.figure('Busiest day')).toHaveText('7');
  await expect(activity.users).toHaveText([
    /ann@example\.com.*7$/s,
    /cid@example\.com.*7$/s,
    /bob@example\.com.*3$/s,
  ]);
  const month = await activity.days();
  expect(month).toHaveLength(30);
  expect(month.slice(0, 5).map(([all]) => all)).toEqual([5, 3, 0, 2, 0]);
  await activity.showPeriod('7 days');
  await expect(activity.figure('Recorded')).toHaveText('10');
  await expect(activity.users).toHaveText([/ann@example\.com.*7$/s, /bob@example\.com.*3$/s]);
  const hours = (await activity.hours()).flat();
  expect(hours.filter((count) => count > 0).sort()).toEqual([2, 3, 5]);
  await postEvents(api, acts(1, 'ann@example.com', 'task_created', 0), '/api/activity');
  await expect(activity.figure('Recorded')).toHaveText('11');
  await expect(activity.figure('Today so far')).toHaveText('6');
});

test('the latest activity runs by, and can be looked into', async ({ app, desk }) => {
  const { tail } = desk.activity;
  const api = new Api(app);
  await postEvents(api, [{ user: 'ann@example.com', type: 'task_created' }], '/api/activity');
  await desk.shell.go('Activity');
  await expect(tail.rows).toContainText(['task_created']);
  await postEvents(api, [{ user: 'bob@example.com', type: 'signed_in' }], '/api/activity');
  await expect(tail.rows).toContainText(['signed_in', 'task_created']);
  await tail.filter('ann@');
  await expect(tail.rows).toContainText(['task_created']);
  await expect(tail.rows).toHaveCount(1);
  await tail.inspect(tail.rows.first());
  await expect(tail.details('task_created')).toContainText('ann@example.com');
});

test('the summary is computed once, and again when it is not true any more', async ({ app }) => {
  const api = new Api(app);
  const summary = async () => {
    const answer = await fetch(`${app.url}/api/metrics/summary`);
    const { days } = (await answer.json()) as { days: { total: number }[] };
    return [answer.headers.get('x-cache'), days.reduce((sum, { total }) => sum + total, 0)];
  };
  expect(await summary()).toEqual(['MISS', 0]);
  expect(await summary()).toEqual(['HIT', 0]);
  await postEvents(api, [{ user: 'ann@example.com', type: 'task_created' }], '/api/activity');
  expect(await summary()).toEqual(['MISS', 1]);
  expect(await summary()).toEqual(['HIT', 1]);
});
