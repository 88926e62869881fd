import type { Settings } from '../../../src-contract/settings.ts';

/** Where a secret that is typed here is kept, in words. */
export function secretPlace({ secrets }: Pick<Settings, 'secrets'>): string {
  return secrets === 'system'
    ? 'It is sealed by this system’s secret storage.'
    : 'It lies in the settings file, which only its owner can read.';
}
