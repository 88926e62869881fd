import { expect } from '@playwright/test';
import { Api } from '../fixtures/api.ts';
import { postEvents } from '../fixtures/posted-events.ts';
import { test } from '../fixtures/test.ts';

/** 200 page views of value 2, 60 purchases of value 10 and 40 conversions without one, by ten users. */
const EVENTS = [
  ...Array.from({ length: 200 }, (_, index) => ({ type: 'page_view', user_id: `u${index % 10}`, value: 2 })),
  ...Array.from({ length: 60 }, (_, index) => ({ type: 'purchase', user_id: `u${index % 10}`, value: 10 })),
  ...Array.from({ length: 40 }, () => ({ type: 'conversion', campaign_id: 'spring' })),
];

const MINUTE_MS = 60_000;

/** The events as of so many milliseconds ago. */
function happened(events: readonly object[], ago: number): object[] {
  const occurred_at = new Date(Date.now() - ago).toISOString();
  return events.map((event) => ({ ...event, occurred_at }));
}

test.describe('events that are posted', () => {
  test.use({ args: ['--no-demo'] });

  test('are counted, averaged, ranked and drawn', async ({ app, desk }) => {
    const { analytics } = desk;
    await desk.shell.go('Analytics');
    await expect(desk.page.getByText('No event has been counted yet')).toBeVisible();
    const api = new Api(app);
    // A bucket of the series is drawn when it is full.
    await postEvents(api, happened(EVENTS, MINUTE_MS));
    await expect(analytics.figure('Processed')).toHaveText('300');
    await expect(analytics.figure('In the window')).toHaveText('300');
    await expect(analytics.figure('Average value')).toHaveText('3.85');
    await expect(analytics.figure('Distinct users')).toHaveText('10');
    await expect(analytics.types).toHaveText([/page_view.*200$/s, /purchase.*60$/s, /conversion.*40$/s]);
    await expect.poll(() => analytics.eventsInSeries()).toBe(300);
    // The tail is full of lines with dashes, which are words to screen readers.
    expect(await desk.shell.scrollsTooFar()).toBe(0);
    await postEvents(api, happened([{ type: 'page_view' }], 120 * MINUTE_MS));
    await expect(analytics.figure('Processed')).toHaveText('301');
    await expect(analytics.figure('In the window')).toHaveText('300');
    await analytics.showWindow('24 h');
    await expect(analytics.figure('In the window')).toHaveText('301');
    await expect(desk.page).toHaveURL(/\?window=24h$/);
  });

  test('run through the tail, which can be filtered, held and looked into', async ({ app, desk }) => {
    const { tail } = desk.analytics;
    const api = new Api(app);
    await postEvents(api, [
      { type: 'page_view', page: '/cart' },
      { type: 'purchase', value: 12.5 },
    ]);
    await desk.shell.go('Analytics');
    await expect(tail.rows).toContainText(['purchase', 'page_view']);
    await tail.filter('/cart');
    await expect(tail.rows).toContainText(['page_view']);
    await tail.filter('');
    await expect(tail.rows).toHaveCount(2);
    await tail.button('Pause').click();
    await postEvents(api, [{ type: 'conversion', user_id: 'user_7' }]);
    await expect(tail.takeNew).toHaveText('1 new');
    await expect(tail.rows).toHaveCount(2);
    await tail.button('Go on').click();
    await expect(tail.rows).toContainText(['conversion', 'purchase', 'page_view']);
    await tail.inspect(tail.rows.first());
    await expect(tail.details('conversion')).toContainText('user_7');
    await expect(tail.details('conversion').getByRole('group', { name: 'Body' })).toContainText(
      '"user_id": "user_7"',
    );
  });
});

test('the map of pressure names a stage that is slowed, and nothing is lost', async ({ app, desk }) => {
  const { analytics } = desk;
  const api = new Api(app);
  await desk.shell.go('Analytics');
  await expect(analytics.bottleneck).toHaveText('Nothing holds the pipeline up.');
  const { processed } = await api.get<{ processed: number }>('/api/analytics/summary');
  const over = new AbortController();
  const posting = (async () => {
    let posted = 0;
    while (!over.signal.aborted) posted += (await postEvents(api, EVENTS)).accepted;
    return posted;
  })();
  await analytics.slow('Commit', '200 ms');
  await expect(analytics.stage('Commit')).toContainText('slowed by a drill: 200 ms a batch');
  await expect(analytics.bottleneck).toContainText(/^Commit holds the pipeline up since/);
  await expect(analytics.stage('Commit')).toContainText('Bottleneck');
  over.abort();
  const posted = await posting;
  await analytics.slow('Commit', 'not slowed');
  await expect(analytics.bottleneck).toHaveText('Nothing holds the pipeline up.');
  const after = await api.get<{ processed: number }>('/api/analytics/summary');
  expect(after.processed - processed).toBeGreaterThanOrEqual(posted);
});
