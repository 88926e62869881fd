import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeAnswers } from '../../../src-contract/fake-client.ts';
import { ContractError } from '../../../src-contract/result.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src-contract/settings.ts';
import { setAppContext } from '../../state/app-context.ts';
import { fakeApp } from '../../state/fake-app.ts';
import { fakeStatus } from '../../state/fake-status.ts';
import Provided from '../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../ui/time-context.ts';
import SettingsScreen from './SettingsScreen.svelte';

const withNats = (nats: Partial<Settings['nats']>): Settings => ({
  ...DEFAULT_SETTINGS,
  nats: { ...DEFAULT_SETTINGS.nats, ...nats },
});

async function show(settings: Settings, answers: FakeAnswers = {}) {
  const { client, app } = fakeApp(answers);
  render(Provided, {
    provide: () => {
      setAppContext(app);
      setTimeContext(app.time);
    },
    component: SettingsScreen,
    given: {},
  });
  client.push('settings', settings, []);
  client.push('status', fakeStatus(), []);
  await tick();
  return { client, app };
}

const panel = (name: string) => within(screen.getByRole('region', { name }));
const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await tick();
}

beforeEach(() => localStorage.clear());
afterEach(() => cleanup());

describe('NATS settings', () => {
  it('save only what was changed', async () => {
    const { client } = await show(DEFAULT_SETTINGS, {
      'settings.set': () => withNats({ url: 'nats://a:4222' }),
    });
    await type(panel('NATS').getByLabelText('Server'), 'nats://a:4222');
    await fireEvent.click(panel('NATS').getByRole('button', { name: 'Save' }));
    await settled();
    expect(client.calls).toEqual([{ name: 'settings.set', args: { nats: { url: 'nats://a:4222' } } }]);
    expect(panel('NATS').getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true);
  });

  it('show what is wrong at the field, until it is changed', async () => {
    await show(DEFAULT_SETTINGS, {
      'settings.set': () => {
        throw new ContractError('invalid_argument', 'use nats:// or tls://', { field: '/nats/url' });
      },
    });
    const server = panel('NATS').getByLabelText('Server');
    await type(server, 'gopher://a');
    await fireEvent.click(panel('NATS').getByRole('button', { name: 'Save' }));
    await settled();
    expect(server.getAttribute('aria-invalid')).toBe('true');
    expect(panel('NATS').getByRole('alert').textContent).toBe('use nats:// or tls://');
    await type(server, 'nats://a');
    expect(panel('NATS').queryByRole('alert')).toBeNull();
  });

  it('show other failures beside the button and keep what was typed', async () => {
    await show(DEFAULT_SETTINGS, {
      'settings.set': () => {
        throw new ContractError('unavailable', 'the engine stopped');
      },
    });
    const server = panel('NATS').getByLabelText<HTMLInputElement>('Server');
    await type(server, 'nats://a');
    await fireEvent.click(panel('NATS').getByRole('button', { name: 'Save' }));
    await settled();
    expect(panel('NATS').getByRole('alert').textContent).toBe('Not saved: the engine stopped');
    expect(server.value).toBe('nats://a');
  });

  it('go back to what is saved', async () => {
    await show(withNats({ url: 'nats://saved:4222' }));
    const server = panel('NATS').getByLabelText<HTMLInputElement>('Server');
    await type(server, 'nats://typed');
    await fireEvent.click(panel('NATS').getByRole('button', { name: 'Discard' }));
    expect(server.value).toBe('nats://saved:4222');
  });

  it('never show a saved secret, and can forget it', async () => {
    const { client } = await show(withNats({ auth: 'token', has_secret: true }), {
      'settings.set': () => withNats({ auth: 'token' }),
    });
    const token = panel('NATS').getByLabelText<HTMLInputElement>('Token');
    expect([token.type, token.value]).toEqual(['password', '']);
    await fireEvent.click(panel('NATS').getByRole('button', { name: 'Forget' }));
    await fireEvent.click(panel('NATS').getByRole('button', { name: 'Save' }));
    expect(client.calls).toEqual([{ name: 'settings.set', args: { nats: { secret: '' } } }]);
  });

  it.each([
    ['user', ['User', 'Password']],
    ['token', ['Token']],
    ['creds', ['Credentials file']],
    ['nkey', ['Seed file']],
  ] as const)('ask for what %s needs', async (auth, fields) => {
    await show(withNats({ auth }));
    for (const field of fields) expect(panel('NATS').getByLabelText(field)).toBeTruthy();
  });

  it('say which field an option overrides', async () => {
    await show({ ...DEFAULT_SETTINGS, overridden: ['nats.url'] });
    const server = panel('NATS').getByLabelText('Server');
    const note = document.getElementById(server.getAttribute('aria-describedby') ?? '');
    expect(note?.textContent).toMatch(/Set by an option/);
  });
});

describe('numbers', () => {
  it('outside the range are refused at the field and not saved', async () => {
    await show(DEFAULT_SETTINGS);
    const days = panel('Retention').getByLabelText('Days');
    await type(days, '0');
    expect(panel('Retention').getByRole('alert').textContent).toBe('Use a whole number from 1 to 3650.');
    expect(panel('Retention').getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true);
    await type(days, '7');
    expect(panel('Retention').queryByRole('alert')).toBeNull();
    expect(panel('Retention').getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(false);
  });
});

describe('appearance', () => {
  it('is saved at once', async () => {
    const { client } = await show(DEFAULT_SETTINGS, { 'settings.set': () => DEFAULT_SETTINGS });
    await fireEvent.click(panel('Appearance').getByRole('radio', { name: 'Light' }));
    expect(client.calls).toEqual([{ name: 'settings.set', args: { appearance: { theme: 'light' } } }]);
  });
});

describe('stock API settings', () => {
  const stocks = () => panel('Stock API');

  it('save address, pace and what is fetched', async () => {
    const { client } = await show(DEFAULT_SETTINGS, { 'settings.set': () => DEFAULT_SETTINGS });
    await type(stocks().getByLabelText('Address'), 'https://prices.example');
    await type(stocks().getByLabelText('Poll every, in seconds'), '15');
    await fireEvent.click(stocks().getByRole('switch', { name: 'Fetch held symbols too' }));
    await fireEvent.click(stocks().getByRole('button', { name: 'Save' }));
    const patch = { url: 'https://prices.example', poll_seconds: 15, poll_held: true };
    expect(client.calls).toEqual([{ name: 'settings.set', args: { stocks: patch } }]);
  });

  it('never show a saved key, say where it lies, and can forget it', async () => {
    const kept: Settings = {
      ...DEFAULT_SETTINGS,
      secrets: 'system',
      stocks: { ...DEFAULT_SETTINGS.stocks, has_key: true, key_origin: 'https://a.example' },
    };
    const { client } = await show(kept, { 'settings.set': () => DEFAULT_SETTINGS });
    await type(stocks().getByLabelText('Address'), 'https://b.example');
    expect(stocks().getByText(/entered for https:\/\/a\.example and is not sent to/)).toBeTruthy();
    await type(stocks().getByLabelText('Address'), '');
    const key = stocks().getByLabelText<HTMLInputElement>('API key');
    expect([key.type, key.value]).toEqual(['password', '']);
    expect(stocks().getByText(/Keys are sealed by this system’s secret storage/)).toBeTruthy();
    await fireEvent.click(stocks().getByRole('button', { name: 'Forget the API key' }));
    await fireEvent.click(stocks().getByRole('button', { name: 'Save' }));
    expect(client.calls).toEqual([{ name: 'settings.set', args: { stocks: { key: '' } } }]);
  });

  it('show what is wrong with the address at its field', async () => {
    await show(DEFAULT_SETTINGS, {
      'settings.set': () => {
        throw new ContractError('invalid_argument', 'use http:// or https://', { field: '/stocks/url' });
      },
    });
    await type(stocks().getByLabelText('Address'), 'ftp://a');
    await fireEvent.click(stocks().getByRole('button', { name: 'Save' }));
    await settled();
    expect(stocks().getByRole('alert').textContent).toBe('use http:// or https://');
  });
});

describe('the price sources', () => {
  it('are put in another order at once', async () => {
    const { client } = await show(DEFAULT_SETTINGS, { 'settings.set': () => DEFAULT_SETTINGS });
    const sources = panel('Preferred price sources');
    const names = sources
      .getAllByRole('listitem')
      .map((item) => item.textContent.replaceAll(/[\d\s]+/g, ' ').trim());
    expect(names).toEqual(['NATS', 'Stock API', 'Demo feed']);
    expect(sources.getByRole('button', { name: 'Prefer NATS more' }).hasAttribute('disabled')).toBe(true);
    await fireEvent.click(sources.getByRole('button', { name: 'Prefer Stock API more' }));
    expect(client.calls).toEqual([
      { name: 'settings.set', args: { price_sources: ['stocks', 'nats', 'demo'] } },
    ]);
  });
});

describe('the environment', () => {
  it('is switched only after a question', async () => {
    const { client, app } = await show(DEFAULT_SETTINGS);
    await fireEvent.click(panel('Environment').getByRole('button', { name: 'Switch to prod' }));
    expect(app.switching.state).toEqual({ step: 'confirming', name: 'prod' });
    expect(client.calls).toEqual([]);
  });
});

describe('the base currency', () => {
  it('is one of ISO 4217: three other letters are not saved, and said to be none', async () => {
    const { client } = await show(DEFAULT_SETTINGS, { 'settings.set': () => DEFAULT_SETTINGS });
    const currency = panel('Base currency');
    await type(currency.getByLabelText('Currency'), 'zzz');
    await fireEvent.click(currency.getByRole('button', { name: 'Save' }));
    await settled();
    expect(currency.getByLabelText('Currency').getAttribute('aria-invalid')).toBe('true');
    expect(currency.getByText(/a currency of ISO 4217/)).toBeTruthy();
    expect(client.calls).toEqual([]);
  });
});
