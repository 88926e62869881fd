import type { Settings } from '../../../src-contract/settings.ts';

/** Where an API key that is typed here is kept, in words. */
export function secretPlace({ secrets }: Pick<Settings, 'secrets'>): string {
  return secrets === 'system'
    ? 'Keys are sealed by this system’s secret storage.'
    : 'Keys lie in the settings file, which only its owner can read.';
}
