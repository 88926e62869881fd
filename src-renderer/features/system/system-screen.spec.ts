import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeAnswers } from '../../../src-contract/fake-client.ts';
import type { Service, SystemStatus } from '../../../src-contract/system.ts';
import { setAppContext } from '../../state/app-context.ts';
import { fakeApp } from '../../state/fake-app.ts';
import { fakeService, fakeStatus } from '../../state/fake-status.ts';
import Provided from '../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../ui/time-context.ts';
import SystemScreen from './SystemScreen.svelte';

async function show(
  status: SystemStatus | null,
  services: Service[] = [fakeService()],
  answers: FakeAnswers = {},
) {
  const { client, app } = fakeApp({
    'audit.list': () => ({ items: [], next_cursor: null }),
    ...answers,
  });
  render(Provided, {
    provide: () => {
      setAppContext(app);
      setTimeContext({ now: Date.parse('2026-11-21T10:00:00.000Z'), zone: 'UTC' });
    },
    component: SystemScreen,
    given: {},
  });
  if (status !== null) client.push('status', status, services);
  await settled();
  return { client };
}

/** Lets answers arrive and be drawn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await tick();
}

const region = (name: string) => within(screen.getByRole('region', { name }));

afterEach(() => cleanup());

describe('before anything is known', () => {
  it('the panels name no environment', async () => {
    await show(null);
    for (const name of ['Ledger', 'Rejects']) {
      const { textContent } = screen.getByRole('region', { name });
      expect(textContent).not.toMatch(/\bof\b/);
    }
  });
});

describe('the ledger', () => {
  it('says that both sides are equal', async () => {
    await show(fakeStatus());
    expect(region('Ledger').getByText('Adds up', { selector: 'span.bg-ok-soft' })).toBeTruthy();
  });

  it('says by how much they differ, for the source and for all', async () => {
    const off = { received: 10, stored: 5, repeated: 1, rejected: 2, waiting: 1 };
    await show(fakeStatus({ ledger: off, ledgers: [{ source: 'nats', ...off, other: 0 }] }));
    expect(region('Ledger').getByText('Differs by 1')).toBeTruthy();
    expect(region('Ledger').getAllByText('off by 1')).toHaveLength(2);
  });
});

describe('the services', () => {
  const failed = fakeService({
    id: 'portfolio:growth-one',
    title: 'growth-one',
    group: 'portfolios',
    state: 'failed',
    restarts: 5,
    last_error: 'it threw',
  });

  it('puts a failed one first, with its error and a restart', async () => {
    const { client } = await show(fakeStatus(), [fakeService(), failed], {
      'service.restart': () => ({ done: true }),
    });
    const list = within(region('Services').getByRole('list', { name: 'Failed services' }));
    expect(list.getByText(/it threw/)).toBeTruthy();
    await fireEvent.click(list.getByRole('button', { name: 'Restart growth-one' }));
    expect(client.calls).toContainEqual({ name: 'service.restart', args: { id: 'portfolio:growth-one' } });
  });

  it('can restart a running one too', async () => {
    const { client } = await show(fakeStatus(), [fakeService()], {
      'service.restart': () => ({ done: true }),
    });
    await fireEvent.click(screen.getByRole('button', { name: 'Restart Writer' }));
    expect(client.calls).toContainEqual({ name: 'service.restart', args: { id: 'store:writer' } });
  });

  it('shows of a large group only those that need a look, until it is opened', async () => {
    const workers = Array.from({ length: 30 }, (_, index) =>
      fakeService({ id: `portfolio:p${index}`, title: `p${index}`, group: 'portfolios' }),
    );
    await show(fakeStatus(), [...workers, failed]);
    expect(region('Services').queryByText('p7')).toBeNull();
    expect(region('Services').getAllByText('growth-one').length).toBeGreaterThan(0);
    await fireEvent.click(screen.getByRole('button', { name: /Portfolio workers/ }));
    expect(region('Services').getByText('p7')).toBeTruthy();
  });
});

describe('the rejects', () => {
  const counting = (rejected: number): SystemStatus =>
    fakeStatus({ ledger: { received: 20, stored: 20 - rejected, repeated: 0, rejected, waiting: 0 } });

  it('are counted, with the way to where they are mended', async () => {
    await show(counting(7));
    const panel = screen.getByRole('region', { name: 'Rejects' });
    expect(panel.textContent).toContain('7 events of demo failed validation');
    expect(within(panel).getByRole('link', { name: 'Rejects bench' }).getAttribute('href')).toBe(
      '/analytics/rejects',
    );
  });

  it('say so when there are none', async () => {
    await show(counting(0));
    expect(region('Rejects').getByText('Nothing is rejected')).toBeTruthy();
  });
});

describe('streams', () => {
  it('name their gaps with their size', async () => {
    const gap = {
      first_seq: 11,
      last_seq: 30,
      count: 20,
      noticed_at: '2026-11-21T09:00:00.000Z',
      reason: 'aged out',
    };
    const stream = { name: 'PULSE_DEV', env: 'dev', incarnation: 2, created: gap.noticed_at, active: true };
    const seqs = { first_seq: 1, last_seq: 100, stored_seq: 90, lag: 10 };
    await show(fakeStatus({ streams: [{ ...stream, ...seqs, gaps: [gap] }] }));
    expect(region('Streams and offsets').getByText('20 messages missing')).toBeTruthy();
  });
});

describe('fault drills', () => {
  it('are offered in demo only', async () => {
    await show(fakeStatus({ env: 'prod' }));
    expect(screen.queryByRole('region', { name: 'Fault drills' })).toBeNull();
  });

  it('break what was chosen', async () => {
    const { client } = await show(fakeStatus(), [fakeService()], { 'drill.run': () => ({ done: true }) });
    await fireEvent.click(screen.getByRole('button', { name: 'Stop the engine' }));
    expect(client.calls).toContainEqual({ name: 'drill.run', args: { drill: 'stop_engine' } });
  });
});

describe('a broken link', () => {
  it('keeps what is shown and marks it as stale', async () => {
    const { client } = await show(fakeStatus());
    const since = Date.parse('2026-11-21T09:59:00.000Z');
    client.push('status', fakeStatus(), [], { status: 'stale', since, reason: 'the engine stopped' });
    await settled();
    expect(region('Queues').getByText(/Stale since 09:59:00/)).toBeTruthy();
    expect(region('Queues').getByRole('meter', { name: 'Intake' })).toBeTruthy();
  });
});
