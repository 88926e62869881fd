import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeAnswers } from '../../../src-contract/fake-client.ts';
import {
  NO_FAULTS,
  type Breaker,
  type BreakerTransition,
  type Polling,
} from '../../../src-contract/polling.ts';
import { setAppContext } from '../../state/app-context.ts';
import { fakeApp } from '../../state/fake-app.ts';
import { fakeStatus } from '../../state/fake-status.ts';
import { fakeBreaker, fakePolling } from '../../state/fake-ticker.ts';
import Provided from '../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../ui/time-context.ts';
import SystemScreen from './SystemScreen.svelte';

interface Shown {
  breaker?: Partial<Breaker>;
  history?: BreakerTransition[];
  polling?: Partial<Polling>;
  answers?: FakeAnswers;
}

async function show({ breaker, history = [], polling, answers }: Shown = {}) {
  const empty = () => ({ items: [], next_cursor: null });
  const { client, app } = fakeApp({ 'audit.list': empty, ...answers });
  render(Provided, {
    provide: () => {
      setAppContext(app);
      setTimeContext({ now: Date.parse('2026-11-21T10:00:00.000Z'), zone: 'UTC' });
    },
    component: SystemScreen,
    given: {},
  });
  client.push('status', fakeStatus(), []);
  await settled();
  client.push('breaker', fakeBreaker(breaker), history);
  client.push('polling', fakePolling(polling), []);
  await settled();
  return client;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await tick();
}

const region = (name: string) => within(screen.getByRole('region', { name }));
const figure = (term: string) =>
  region('Circuit breaker').getByText(term).nextElementSibling?.textContent.trim().replaceAll(/\s+/g, ' ');
const transition = (id: number, patch: Partial<BreakerTransition> = {}): BreakerTransition => ({
  id,
  at: '2026-11-21T09:59:57.000Z',
  from: 'closed',
  to: 'open',
  reason: `reason ${id}`,
  ...patch,
});

afterEach(() => cleanup());

describe('the breaker', () => {
  it('says its state, since when, when it probes, and what failed', async () => {
    await show({
      breaker: {
        state: 'open',
        since: '2026-11-21T09:59:57.000Z',
        failures_in_a_row: 3,
        failures_in_window: 4,
        last_failure: 'HTTP 500',
        next_probe_at: '2026-11-21T10:00:02.000Z',
        open_today_s: 75,
      },
    });
    expect(['State', 'Since', 'Next probe', 'Failures in a row'].map(figure)).toEqual([
      'open',
      '09:59:57',
      'in 2 s',
      '3',
    ]);
    expect(figure('Failed in 30 s')).toBe('4 of 6');
    expect(figure('Not closed today')).toBe('1 min 15 s');
    expect(region('Circuit breaker').getByText('The API is left alone: HTTP 500.')).toBeTruthy();
  });

  it('lists its changes, the newest first', async () => {
    await show({ history: [transition(1), transition(2, { from: 'open', to: 'half_open' })] });
    const rows = within(region('Circuit breaker').getByRole('table')).getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getAllByRole('cell')[2]?.textContent.trim())).toEqual([
      'half open',
      'open',
    ]);
  });

  it('is tripped and reset by hand, whichever its state allows', async () => {
    const answers: FakeAnswers = {
      'breaker.trip': () => fakeBreaker({ state: 'isolated' }),
      'breaker.reset': () => fakeBreaker(),
    };
    const client = await show({ answers });
    expect(screen.queryByRole('button', { name: 'Reset the breaker' })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Trip the breaker' }));
    await settled();
    client.push('breaker', fakeBreaker({ state: 'isolated' }), []);
    await settled();
    expect(screen.queryByRole('button', { name: 'Trip the breaker' })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Reset the breaker' }));
    const commands = client.calls.map(({ name }) => name).filter((name) => name.startsWith('breaker.'));
    expect(commands).toEqual(['breaker.trip', 'breaker.reset']);
  });
});

describe('the stock API', () => {
  it('says how often and why it is asked, what came of it, and when the next call is', async () => {
    await show({
      polling: {
        interval_ms: 15_000,
        interval_reason: 'no window is visible',
        rows_rejected: 1,
        last_reject: 'AAPL: price must be a number',
      },
    });
    const panel = screen.getByRole('region', { name: 'Stock API' });
    const words = panel.textContent.replaceAll(/\s+/g, ' ');
    expect(words).toContain('15 s: no window is visible');
    expect(words).toContain('24 accepted, 1 rejected AAPL: price must be a number');
    expect(words).toContain('in 3 s');
    expect(words).toContain('Not shared');
  });

  it('says how to set one where there is none', async () => {
    await show({ polling: { api: { kind: 'none', url: null }, faults: null } });
    expect(region('Stock API').getByText(/or start with --stock-api/)).toBeTruthy();
  });
});

describe('the faults of the mock', () => {
  const drills = () => region('Fault drills');

  it('are switched on and off at once', async () => {
    const client = await show({ answers: { 'mock.faults': (faults) => ({ ...NO_FAULTS, ...faults }) } });
    expect(drills().getByRole('button', { name: 'No faults' }).hasAttribute('disabled')).toBe(true);
    await fireEvent.click(drills().getByRole('button', { name: 'Fail every call' }));
    await settled();
    expect(client.calls).toContainEqual({ name: 'mock.faults', args: { ...NO_FAULTS, error_rate: 1 } });
    client.push('polling', fakePolling({ faults: { ...NO_FAULTS, error_rate: 1 } }), []);
    await settled();
    await fireEvent.click(drills().getByRole('button', { name: 'No faults' }));
    expect(client.calls.at(-1)).toEqual({ name: 'mock.faults', args: NO_FAULTS });
  });

  it('are mixed as typed, once every field is right', async () => {
    const client = await show({ answers: { 'mock.faults': (faults) => ({ ...NO_FAULTS, ...faults }) } });
    const errors = drills().getByLabelText('Errors');
    await fireEvent.input(errors, { target: { value: '150' } });
    expect(drills().getByRole('alert').textContent).toBe('Use a whole number from 0 to 100.');
    await fireEvent.input(errors, { target: { value: '25' } });
    await fireEvent.input(drills().getByLabelText('Latency'), { target: { value: '300' } });
    await fireEvent.click(drills().getByRole('button', { name: 'Switch faults' }));
    expect(client.calls.at(-1)?.args).toEqual({ ...NO_FAULTS, error_rate: 0.25, latency_ms: 300 });
  });

  it('are not offered unless the mock is polled', async () => {
    await show({ polling: { api: { kind: 'external', url: 'https://api' }, faults: null } });
    expect(drills().queryByRole('button', { name: 'Fail every call' })).toBeNull();
  });
});
