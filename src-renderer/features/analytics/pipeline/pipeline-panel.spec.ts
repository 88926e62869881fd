import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { fakePipeline, fakeStages } from '../../../state/fake-analytics.ts';
import { fakeStatus } from '../../../state/fake-status.ts';
import Toaster from '../../../ui/Toaster.svelte';
import { settled, showAnalytics } from '../testing/show-analytics.svelte.ts';

const panel = () => screen.getByRole('region', { name: 'Pipeline' });
const box = (name: string) => within(panel()).getByRole('region', { name });
const words = (element: HTMLElement) => element.textContent.replaceAll(/\s+/g, ' ').trim();
const drill = () => within(panel()).getByRole('group', { name: 'Drill: slow a stage' });

afterEach(() => cleanup());

describe('the pressure map', () => {
  it('shows sources, stages and windows in the order of the flow', async () => {
    await showAnalytics();
    const map = within(panel()).getByRole('list', { name: 'Pressure map, in the order of the flow' });
    expect(
      within(map)
        .getAllByRole('heading')
        .map((heading) => heading.textContent),
    ).toEqual(['Sources', 'Receive', 'Transform', 'Commit', 'Aggregate', 'Windows']);
  });

  it('says of a stage how full its queue is, what passed, and how busy it is', async () => {
    const transform = { queue: { size: 750, limit: 1000, high_water: 900 }, rejected: 12, busy: 0.425 };
    await showAnalytics({ stages: fakeStages({ transform }) });
    expect(within(box('Transform')).getByRole('meter').getAttribute('aria-valuetext')).toBe('750 of 1,000');
    expect(words(box('Transform'))).toBe(
      'Transform Queue750 of 1,000 In 5,000Out 4,990Rejected 12Rate 25.0/sBusy 42.5%P95 1.5 ms',
    );
  });

  it('has a dash for the P95 of a stage that has worked on no batch', async () => {
    await showAnalytics({ stages: fakeStages({ commit: { p95_us: null } }) });
    expect(words(box('Commit'))).toMatch(/P95 ?—nothing measured$/);
  });

  it('says where requests were refused, and how windows keep up', async () => {
    await showAnalytics();
    expect(words(box('Sources'))).toContain('3 refused, the queue was full');
    expect(words(box('Windows'))).toContain('2 open 1 has not drawn the last frame');
  });

  it('names the stage that holds it up in words, and marks it', async () => {
    const bottleneck = {
      stage: 'commit',
      since: '2026-11-21T10:00:01.000Z',
      why: 'its queue is full.',
    } as const;
    await showAnalytics({ pipeline: fakePipeline({ bottleneck }) });
    expect(words(within(panel()).getByRole('status'))).toBe(
      'Commit holds the pipeline up since 10:00:01: its queue is full.',
    );
    expect(within(box('Commit')).getByText('Bottleneck')).toBeTruthy();
    expect(within(panel()).getAllByText('Bottleneck')).toHaveLength(1);
  });

  it('says that a drill slows a stage', async () => {
    await showAnalytics({ stages: fakeStages({ aggregate: { slowed_ms: 50 } }) });
    expect(words(box('Aggregate'))).toContain('slowed by a drill: 50 ms a batch');
  });
});

describe('the drill', () => {
  it('slows the stage that was chosen, and offers to undo it', async () => {
    render(Toaster, { theme: 'dark' });
    const { sent } = await showAnalytics({}, { 'drill.run': () => ({ done: true }) });
    await fireEvent.change(within(drill()).getByLabelText('Slow the stage'), {
      target: { value: 'transform' },
    });
    await fireEvent.click(within(drill()).getByRole('radio', { name: '50 ms' }));
    await settled();
    expect(sent('drill.run')).toEqual([{ drill: 'slow_stage', stage: 'transform', slow_ms: 50 }]);
    // Notices of other specs may still be there.
    const notice = (await screen.findByText(/is slowed by 50 ms a batch/)).closest('li');
    await fireEvent.click(within(notice!).getByRole('button', { name: 'Undo' }));
    await settled();
    expect(sent('drill.run').at(-1)).toEqual({ drill: 'slow_stage', stage: 'transform', slow_ms: 0 });
  });

  it('shows how much the chosen stage is slowed now', async () => {
    await showAnalytics({ stages: fakeStages({ commit: { slowed_ms: 200 } }) });
    expect(within(drill()).getByRole<HTMLInputElement>('radio', { name: '200 ms' }).checked).toBe(true);
  });

  it('is offered in demo only', async () => {
    await showAnalytics({ status: fakeStatus({ env: 'prod' }) });
    expect(within(panel()).queryByRole('group', { name: 'Drill: slow a stage' })).toBeNull();
  });
});
