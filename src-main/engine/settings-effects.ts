import type { SettingsPatch } from '../../src-contract/settings.ts';
import type { EngineParts } from './engine-parts.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';
import { spreadAggregates } from './active-shards.ts';
import { natsFromSettings } from './nats-from-settings.ts';
import { priceChoice } from './price-choice.ts';
import { natsPlan } from './source-plans.ts';

/** What the poller finds changed when it asks the next time. All else about the stock API begins with a new poller. */
const ASKED_ANEW: ReadonlySet<string> = new Set(['poll_held']);

/** Puts changed settings into effect; what option or variable decided at the start stays as it is. */
export function settingsChanged(parts: EngineParts, patch: SettingsPatch): void {
  const { changes, currency, publisher, settings } = parts;
  changes.settingsChanged();
  const isOtherCurrency = currency.change(settings.read().base_currency);
  if (isOtherCurrency || patch.price_sources !== undefined || changesPlaces(patch)) {
    choosePrices(parts, parts.active);
    publisher.replaceAll();
    void othersChoosePrices(parts);
  }
  if (patch.invoices?.conversion !== undefined) changes.invoicesChanged();
  if (patch.nats !== undefined) natsChanged(parts);
  if (patch.stocks !== undefined) stocksChanged(parts, patch.stocks);
  if (patch.pipeline !== undefined) void demandsChanged(parts);
  if (patch.pipeline?.shards !== undefined) void spreadAggregates(parts);
}

/** Whether other sources may belong together now. */
function changesPlaces({ stocks }: SettingsPatch): boolean {
  return stocks?.share !== undefined || stocks?.url !== undefined;
}

/** Lets other prices count in an environment. */
function choosePrices(
  { settings, currency, polling }: EngineParts,
  { env, projection }: EnvironmentRuntime,
): void {
  projection.choosePrices(priceChoice(settings.read(), currency.name, polling.isMocked(env)));
}

/** Those in memory, and those that are being opened, which may take its time; one that is opened later begins with them. */
async function othersChoosePrices(parts: EngineParts): Promise<void> {
  for (const runtime of await parts.environments.loaded()) {
    if (runtime !== parts.active) choosePrices(parts, runtime);
  }
}

/** Stages of every environment in memory; one that is opened later begins with them. */
async function demandsChanged({ environments, settings }: EngineParts): Promise<void> {
  const { transform, commit, aggregate } = settings.read().pipeline;
  for (const { stages } of await environments.loaded()) {
    stages.demand('transform', transform);
    stages.demand('commit', commit);
    stages.demand('aggregate', aggregate);
  }
}

function natsChanged(parts: EngineParts): void {
  const { options, settings, sources, active } = parts;
  const { clock, random } = parts.with;
  if (options.overridden.some((field) => field.startsWith('nats'))) return;
  parts.nats = natsFromSettings(settings.read(), settings.natsSecret());
  const plan = natsPlan(parts.nats, () => parts.instanceId, clock, random.fork('nats'));
  void sources.replace(plan, active);
  // Sharing has a connection of its own.
  if (settings.read().stocks.share) void sources.replace(parts.polling.plan(), active);
}

function stocksChanged(
  { sources, polling, active }: EngineParts,
  patch: NonNullable<SettingsPatch['stocks']>,
): void {
  polling.wake();
  if (Object.keys(patch).every((field) => ASKED_ANEW.has(field))) return;
  void sources.replace(polling.plan(), active);
}
