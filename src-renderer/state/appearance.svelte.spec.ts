import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src-contract/settings.ts';
import { fakeApp } from './fake-app.ts';

const settings = (appearance: Partial<Settings['appearance']>): Settings => ({
  ...DEFAULT_SETTINGS,
  appearance: { ...DEFAULT_SETTINGS.appearance, ...appearance },
});

function keepOpen(see: () => unknown): () => void {
  const stop = $effect.root(() => {
    $effect(() => void see());
  });
  flushSync();
  return stop;
}

beforeEach(() => localStorage.clear());

describe('Appearance', () => {
  it('puts what the settings say on the page', () => {
    const { client, app } = fakeApp();
    const html = document.createElement('html');
    const stop = keepOpen(() => app.appearance.apply(html));
    client.push('settings', settings({ theme: 'light', palette: 'east-asian', flash: false }), []);
    flushSync();
    expect(Object.fromEntries(Object.entries(html.dataset))).toEqual({
      theme: 'light',
      palette: 'east-asian',
      density: 'compact',
      flash: 'off',
    });
    stop();
  });

  it('shows a choice at once and falls back when it is refused', async () => {
    const { client, app } = fakeApp();
    const stop = keepOpen(() => app.appearance.current);
    client.push('settings', settings({ theme: 'dark' }), []);
    const change = app.appearance.change({ theme: 'light' });
    expect(app.appearance.theme).toBe('light');
    await expect(change).rejects.toThrow('no answer was prepared');
    expect(app.appearance.theme).toBe('dark');
    stop();
  });

  it('keeps a saved choice until newer settings come, whatever they say', async () => {
    const { client, app } = fakeApp({ 'settings.set': () => settings({ theme: 'light' }) });
    const stop = keepOpen(() => app.appearance.current);
    client.push('settings', settings({ theme: 'dark' }), []);
    await app.appearance.change({ theme: 'light' });
    expect(app.appearance.theme).toBe('light');
    client.push('settings', settings({ theme: 'dark', density: 'comfortable' }), []);
    expect(app.appearance.theme).toBe('dark');
    stop();
  });

  it('remembers the theme for the first paint of the next visit', () => {
    const { client, app } = fakeApp();
    const stop = keepOpen(() => app.appearance.remember());
    client.push('settings', settings({ theme: 'light' }), []);
    flushSync();
    stop();
    expect(fakeApp().app.appearance.theme).toBe('light');
  });

  it('ignores what is not an appearance in the storage', () => {
    localStorage.setItem('pulsedesk.appearance', '{"theme":7}');
    expect(fakeApp().app.appearance.current.theme).toBe('system');
  });
});
