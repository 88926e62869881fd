import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeTailEvent } from '../../state/fake-analytics.ts';
import { later, settled, showAnalytics } from './testing/show-analytics.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const panel = () => within(screen.getByRole('region', { name: 'Live tail' }));
const types = () =>
  panel()
    .getAllByRole('listitem')
    .map((line) => /type_\d+/.exec(line.textContent)?.[0]);

describe('the live tail of events', () => {
  it('lists the newest first, and counts what was seen', async () => {
    const { client } = await showAnalytics();
    client.push('eventTail', { env: 'demo', seen: 1200 }, [
      fakeTailEvent(1),
      fakeTailEvent(3),
      fakeTailEvent(2),
    ]);
    await settled();
    expect(types()).toEqual(['type_3', 'type_2', 'type_1']);
    expect(panel().getByText(/1,200 events since the start/)).toBeTruthy();
  });

  it('asks for the events that contain the text, and says when none does', async () => {
    const { client } = await showAnalytics();
    client.push('eventTail', { env: 'demo', seen: 1 }, [fakeTailEvent(1)]);
    await settled();
    await fireEvent.input(panel().getByRole('searchbox'), { target: { value: 'zebra' } });
    await later();
    client.push('eventTail', { env: 'demo', seen: 1 }, []);
    await settled();
    expect(panel().getByText('No event of the newest contains this text.')).toBeTruthy();
    expect(panel().getByRole<HTMLInputElement>('searchbox').value).toBe('zebra');
  });
});
