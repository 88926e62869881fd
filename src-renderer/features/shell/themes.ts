import type { Appearance as AppearanceSettings } from '../../../src-contract/settings.ts';
import type { Appearance } from '../../state/appearance.svelte.ts';
import { notifyFailed } from '../../ui/notify.ts';

/** The themes to choose from. */
export const THEMES: readonly { value: AppearanceSettings['theme']; label: string }[] = [
  { value: 'system', label: 'Like the system' },
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
];

/** Changes the theme; says so when it could not be kept. */
export async function changeTheme(appearance: Appearance, theme: AppearanceSettings['theme']): Promise<void> {
  try {
    await appearance.change({ theme });
  } catch (error) {
    notifyFailed('The theme was not saved', error);
  }
}
