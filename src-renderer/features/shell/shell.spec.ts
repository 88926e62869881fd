import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContractError } from '../../../src-contract/result.ts';
import type { Source } from '../../../src-contract/system.ts';
import { fakeStatus } from '../../state/fake-status.ts';
import { fakeBreaker } from '../../state/fake-ticker.ts';
import { press, settled, showShell } from './testing/show-shell.ts';

const NOW = Date.parse('2026-11-21T14:05:00.000Z');

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  history.replaceState(null, '', '/');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('the environment switch', () => {
  it('names what will happen and switches only when that is confirmed', async () => {
    const { client, app } = await showShell({ 'environment.set': ({ name }) => ({ env: name }) });
    app.switching.ask('prod', 'demo');
    await settled();
    const dialog = within(screen.getByRole('dialog', { name: 'Switch from demo to prod?' }));
    expect(dialog.getByText(/The sources of demo stop/)).toBeTruthy();
    expect(client.calls).toEqual([]);
    await fireEvent.click(dialog.getByRole('button', { name: 'Switch to prod' }));
    expect(client.calls).toEqual([{ name: 'environment.set', args: { name: 'prod' } }]);
  });

  it('says why a switch was refused and stays open for another try', async () => {
    const { app } = await showShell({
      'environment.set': () => {
        throw new ContractError('conflict', 'a switch is under way');
      },
    });
    app.switching.ask('prod', 'demo');
    await settled();
    await fireEvent.click(screen.getByRole('button', { name: 'Switch to prod' }));
    await settled();
    expect(screen.getByRole('alert').textContent).toContain('Not switched: a switch is under way');
    expect(app.switching.state.step).toBe('refused');
  });

  it('refuses a name that no environment can have', async () => {
    const { app } = await showShell();
    app.switching.askForName();
    await settled();
    await fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'Prod Two' } });
    await fireEvent.submit(screen.getByLabelText('Name'));
    expect(screen.getByRole('alert').textContent).toMatch(/1 to 32 of a–z/);
    await fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'staging-2' } });
    await fireEvent.submit(screen.getByLabelText('Name'));
    expect(app.switching.state).toEqual({ step: 'confirming', name: 'staging-2' });
  });
});

describe('source chips', () => {
  const unreachable: Source = {
    id: 'nats',
    title: 'NATS',
    state: 'unreachable',
    since: '2026-11-21T14:02:11.000Z',
    retry_at: '2026-11-21T14:05:04.000Z',
    detail: 'connection refused',
    delivery: null,
  };

  it('say what is wrong, since when and what happens next, and lead to System', async () => {
    await showShell({}, [unreachable]);
    const chips = within(screen.getByRole('list', { name: 'Sources' }));
    const chip = chips.getByRole('link', { name: 'NATS unreachable since 14:02:11, retrying in 4 s' });
    expect(chip.getAttribute('href')).toBe('/system');
  });

  it('are announced once, without the countdown', async () => {
    await showShell({}, [unreachable]);
    const live = document.querySelector('[aria-live="polite"]');
    expect(live?.textContent).toBe('NATS unreachable since 14:02:11');
  });
});

describe('the banner', () => {
  it('says since when and why there is no connection, and keeps the screen', async () => {
    const { client } = await showShell();
    client.setLink({
      state: 'connecting',
      since: NOW - 60_000,
      reason: 'the engine stopped',
      retryAt: NOW + 2000,
    });
    await settled();
    const banner = screen.getByRole('region', { name: 'Connection' });
    expect(banner.textContent).toMatch(
      /Not connected since 14:04:00: the engine stopped\.\s+Trying again in 2 s\./,
    );
    expect(screen.getByText('the screen')).toBeTruthy();
  });

  it('is gone when the link is back', async () => {
    const { client } = await showShell();
    client.setLink({ state: 'failed', since: NOW - 60_000, reason: 'too many restarts' });
    await settled();
    expect(screen.getByRole('region', { name: 'Connection' }).textContent).toContain(
      'has failed since 14:04:00',
    );
    client.setLink({ state: 'live', version: '0.1.0', env: 'demo' });
    await settled();
    expect(screen.queryByRole('region', { name: 'Connection' })).toBeNull();
  });
});

describe('the chip of the stock API', () => {
  it('says what its breaker says, and leads to System', async () => {
    const [demo] = fakeStatus().sources as [Source];
    const { client } = await showShell({}, [{ ...demo, id: 'stocks', title: 'Stock API' }]);
    client.push('breaker', fakeBreaker({ state: 'open', since: new Date(NOW).toISOString() }), []);
    await settled();
    const chips = within(screen.getByRole('list', { name: 'Sources' }));
    const chip = chips.getByRole('link', { name: /Stock API: breaker open since/ });
    expect(chip.getAttribute('href')).toBe('/system');
  });
});

describe('the palette', () => {
  it('opens by keyboard, finds a portfolio and goes to its page', async () => {
    const { client, app } = await showShell({
      'portfolios.list': () => ({ items: [{ slug: 'growth-one' } as never], next_cursor: null }),
    });
    await press('k', { ctrlKey: true });
    await settled();
    await fireEvent.input(screen.getByRole('combobox', { name: 'Search' }), { target: { value: 'growth' } });
    await vi.advanceTimersByTimeAsync(200);
    await settled();
    expect(client.calls).toContainEqual({ name: 'portfolios.list', args: { q: 'growth', limit: 8 } });
    await fireEvent.keyDown(screen.getByRole('combobox', { name: 'Search' }), { key: 'Enter' });
    expect(app.router.route).toEqual({ screen: 'portfolio', slug: 'growth-one' });
  });

  it('finds a symbol and goes to its page', async () => {
    const aapl = { symbol: 'AAPL', watched: false, price: null, currency: 'USD' };
    const { app } = await showShell({ 'symbols.suggest': () => ({ items: [aapl] }) });
    await press('k', { ctrlKey: true });
    await settled();
    await fireEvent.input(screen.getByRole('combobox', { name: 'Search' }), { target: { value: 'aap' } });
    await vi.advanceTimersByTimeAsync(200);
    await settled();
    await fireEvent.click(screen.getByRole('option', { name: 'AAPL' }));
    expect(app.router.route).toEqual({ screen: 'ticker', symbol: 'AAPL' });
  });

  it('says when nothing matches', async () => {
    await showShell({ 'portfolios.list': () => ({ items: [], next_cursor: null }) });
    await press('k', { ctrlKey: true });
    await settled();
    await fireEvent.input(screen.getByRole('combobox', { name: 'Search' }), { target: { value: 'zzz' } });
    await vi.advanceTimersByTimeAsync(200);
    expect(screen.getByText(/No command, shared portfolio or known symbol matches “zzz”/)).toBeTruthy();
  });

  it('asks before it switches the environment', async () => {
    const { client, app } = await showShell({ 'portfolios.list': () => ({ items: [], next_cursor: null }) });
    await press('k', { metaKey: true });
    await settled();
    const input = screen.getByRole('combobox', { name: 'Search' });
    await fireEvent.input(input, { target: { value: 'switch to staging' } });
    await settled();
    await fireEvent.keyDown(input, { key: 'Enter' });
    expect(app.switching.state).toEqual({ step: 'confirming', name: 'staging' });
    expect(client.calls.filter(({ name }) => name === 'environment.set')).toEqual([]);
  });
});

describe('shortcuts', () => {
  it('go to the screens', async () => {
    const { app } = await showShell();
    await press('g');
    await press('s');
    expect(app.router.route).toEqual({ screen: 'system' });
  });

  it('are listed under the question mark', async () => {
    await showShell();
    await press('?');
    await settled();
    expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy();
  });

  it('narrow the rail, which is remembered', async () => {
    await showShell();
    await press('[');
    expect(screen.getByRole('button', { name: 'Widen the rail' })).toBeTruthy();
    cleanup();
    await showShell();
    expect(screen.getByRole('button', { name: 'Widen the rail' })).toBeTruthy();
  });
});
