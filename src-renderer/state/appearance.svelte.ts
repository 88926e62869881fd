import { MediaQuery } from 'svelte/reactivity';
import type { ContractClient } from '../../src-contract/client.ts';
import type { Appearance as AppearanceSettings, Settings } from '../../src-contract/settings.ts';
import type { FeedStore } from './feed-store.svelte.ts';
import { Persisted } from './persisted.svelte.ts';

const FALLBACK: AppearanceSettings = {
  theme: 'system',
  palette: 'standard',
  density: 'compact',
  time_zone: 'local',
  flash: true,
};

function isAppearance(value: unknown): value is AppearanceSettings {
  if (typeof value !== 'object' || value === null) return false;
  const { theme, palette, density, time_zone: zone, flash } = value as Record<string, unknown>;
  return (
    [theme, palette, density, zone].every((field) => typeof field === 'string') && typeof flash === 'boolean'
  );
}

/** How the screens look: the settings once they are there, before that what this browser remembers from last time. */
export class Appearance {
  readonly #client: ContractClient;
  readonly #settings: FeedStore<'settings'>;
  readonly #remembered = new Persisted('appearance', FALLBACK, isAppearance);
  readonly #prefersDark = new MediaQuery('(prefers-color-scheme: dark)');
  /** What was chosen here, until the settings that were known then (`over`) are replaced by newer ones. */
  #ahead = $state.raw<{ over: Settings | null; appearance: AppearanceSettings } | null>(null);

  constructor(client: ContractClient, settings: FeedStore<'settings'>) {
    this.#client = client;
    this.#settings = settings;
  }

  /** The present choices. */
  get current(): AppearanceSettings {
    const settings = this.#settings.head;
    if (this.#ahead !== null && this.#ahead.over === settings) return this.#ahead.appearance;
    return settings?.appearance ?? this.#remembered.current;
  }

  /** The theme in force, `system` resolved. */
  get theme(): 'dark' | 'light' {
    const { theme } = this.current;
    if (theme !== 'system') return theme;
    return this.#prefersDark.current ? 'dark' : 'light';
  }

  /** Changes choices: at once here, and in the settings; on failure they fall back and the ContractError is thrown. */
  async change(patch: Partial<AppearanceSettings>): Promise<void> {
    this.#ahead = { over: this.#settings.head, appearance: { ...this.current, ...patch } };
    try {
      const saved = await this.#client.call('settings.set', { appearance: patch });
      this.#remembered.current = saved.appearance;
    } catch (error) {
      this.#ahead = null;
      throw error;
    }
  }

  /** Puts the choices on <html>; call it in an effect. */
  apply(html: HTMLElement): void {
    const { palette, density, flash } = this.current;
    html.dataset['theme'] = this.theme;
    html.dataset['palette'] = palette;
    html.dataset['density'] = density;
    html.dataset['flash'] = flash ? 'on' : 'off';
  }

  /** Keeps what the settings say for the first paint of the next visit; call it in an effect. */
  remember(): void {
    const appearance = this.#settings.head?.appearance;
    if (appearance !== undefined) this.#remembered.current = appearance;
  }
}
