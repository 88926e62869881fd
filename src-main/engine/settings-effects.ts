import type { SettingsPatch } from '../../src-contract/settings.ts';
import type { EngineParts } from './engine-parts.ts';
import { natsFromSettings } from './nats-from-settings.ts';
import { natsPlan } from './source-plans.ts';

/** Puts changed settings into effect; what option or variable decided at the start stays as it is. */
export function settingsChanged(parts: EngineParts, patch: SettingsPatch): void {
  const { changes, currency, publisher, settings } = parts;
  changes.settingsChanged();
  if (currency.change(settings.read().base_currency)) publisher.replaceAll();
  if (patch.nats !== undefined) natsChanged(parts);
}

function natsChanged({ options, settings, sources, active, with: { clock, random } }: EngineParts): void {
  if (options.overridden.some((field) => field.startsWith('nats'))) return;
  const target = natsFromSettings(settings.read(), settings.natsSecret());
  void sources.replace(natsPlan(target, clock, random.fork('nats')), active);
}
