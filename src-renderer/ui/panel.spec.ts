import { cleanup, render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import Panel from './Panel.svelte';
import Provided from './Provided.fixture.svelte';
import { setTimeContext } from './time-context.ts';

const NOW = Date.parse('2026-11-21T14:05:00.000Z');
const content = createRawSnippet(() => ({ render: () => '<p>the content</p>' }));

function show(props: Record<string, unknown>) {
  return render(Provided, {
    provide: () => setTimeContext({ now: NOW, zone: 'UTC' }),
    component: Panel,
    given: { title: 'Queues', children: content, ...props },
  });
}

afterEach(() => cleanup());

describe('Panel', () => {
  it('is a region named by its title and shows its content while live', () => {
    show({ state: 'live' });
    expect(screen.getByRole('region', { name: 'Queues' }).textContent).toContain('the content');
  });

  it('is busy and shows no content while loading', () => {
    show({ state: 'loading' });
    expect(screen.getByRole('region', { name: 'Queues' }).getAttribute('aria-busy')).toBe('true');
    expect(screen.queryByText('the content')).toBeNull();
  });

  it('says what would be there and how to fill it while empty', () => {
    show({ state: 'empty', emptyTitle: 'No queue is open', emptyHint: 'They come with the services.' });
    expect(screen.getByText('No queue is open')).toBeTruthy();
    expect(screen.getByText('They come with the services.')).toBeTruthy();
    expect(screen.queryByText('the content')).toBeNull();
  });

  it('keeps the content while stale and says since when and why', () => {
    show({ state: 'stale', since: NOW - 169_000, reason: 'the engine stopped' });
    expect(screen.getByText('the content')).toBeTruthy();
    expect(screen.getByText(/Stale since 14:02:11/).textContent).toContain('the engine stopped');
  });

  it('says how to fill it while stale, when there was nothing before', () => {
    show({ state: 'stale', vacant: true, since: NOW, reason: 'gone', emptyTitle: 'No queue is open' });
    expect(screen.getByText('No queue is open')).toBeTruthy();
    expect(screen.queryByText('the content')).toBeNull();
  });

  it('says why it has failed, and offers another try', () => {
    const onRetry = vi.fn();
    show({ state: 'failed', since: NOW - 169_000, reason: 'no answer', onRetry });
    expect(screen.getByRole('alert').textContent).toMatch(
      /Queues cannot be shown\s+no answer, since 14:02:11/,
    );
    screen.getByRole('button', { name: 'Try again' }).click();
    expect(onRetry).toHaveBeenCalledOnce();
    expect(screen.queryByText('the content')).toBeNull();
  });
});
