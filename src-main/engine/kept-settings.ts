import Type, { type TSchema } from 'typebox';
import { Check } from 'typebox/value';
import {
  Appearance,
  DEFAULT_SETTINGS,
  InvoiceSettings,
  LocalApi,
  NatsSettings,
  PipelineSettings,
  Retention,
  SettingsPatch,
  StockSettings,
  type Settings,
} from '../../src-contract/settings.ts';
import type { Log } from '../lib/log.ts';
import { originOf } from './polling/stock-key.ts';

/** A secret as the file has it: plain, or sealed by the system's secret storage; the other one is empty. */
interface KeptSecret {
  secret: string;
  sealed: string;
}
type KeptNats = Omit<NatsSettings, 'has_secret'> & KeptSecret;
type KeptStocks = Omit<StockSettings, 'has_key'> & KeptSecret;

/** What the settings file holds. */
export type Kept = Omit<Settings, 'nats' | 'stocks' | 'overridden' | 'secrets'> & {
  nats: KeptNats;
  stocks: KeptStocks;
};

const secretKept = { secret: Type.String(), sealed: Type.String() };
const NO_SECRET: KeptSecret = { secret: '', sealed: '' };
const { has_secret: _shownOnly, ...natsDefaults } = DEFAULT_SETTINGS.nats;
const { has_secret: _never, ...natsKept } = NatsSettings.properties;
const { has_key: _shownOnlyToo, ...stocksDefaults } = DEFAULT_SETTINGS.stocks;
const { has_key: _neverEither, ...stocksKept } = StockSettings.properties;
const NatsKept = Type.Object({ ...natsKept, ...secretKept });
const StocksKept = Type.Object({ ...stocksKept, ...secretKept });

/** The settings in what was read from the file; a group or value that does not hold settings is left out and logged. */
export function keptIn(stored: Partial<Record<keyof Kept, unknown>>, log: Log): Kept {
  const group = <T extends object>(name: keyof Kept, schema: TSchema, defaults: T): T => {
    const given = stored[name];
    const value: unknown = { ...defaults, ...(typeof given === 'object' ? given : {}) };
    if (Check(schema, value)) return value as T;
    log.warn('settings that cannot be used were left out', { group: name });
    return defaults;
  };
  const { price_sources: sources, base_currency: currency } = SettingsPatch.properties;
  return {
    appearance: group('appearance', Appearance, DEFAULT_SETTINGS.appearance),
    nats: group('nats', NatsKept, { ...natsDefaults, ...NO_SECRET }),
    stocks: withOrigin(group('stocks', StocksKept, { ...stocksDefaults, ...NO_SECRET }), stored.stocks),
    price_sources: Check(sources, stored.price_sources)
      ? (stored.price_sources ?? DEFAULT_SETTINGS.price_sources)
      : DEFAULT_SETTINGS.price_sources,
    local_api: group('local_api', LocalApi, DEFAULT_SETTINGS.local_api),
    invoices: group('invoices', InvoiceSettings, DEFAULT_SETTINGS.invoices),
    pipeline: group('pipeline', PipelineSettings, DEFAULT_SETTINGS.pipeline),
    retention: group('retention', Retention, DEFAULT_SETTINGS.retention),
    base_currency: Check(currency, stored.base_currency)
      ? (stored.base_currency ?? DEFAULT_SETTINGS.base_currency)
      : DEFAULT_SETTINGS.base_currency,
  };
}

/** A key that was kept before its origin was: it was entered for the address beside it. */
function withOrigin(stocks: KeptStocks, stored: unknown): KeptStocks {
  const isOlder = !Object.hasOwn(stored ?? {}, 'key_origin');
  const hasKey = stocks.secret !== '' || stocks.sealed !== '';
  return isOlder && hasKey ? { ...stocks, key_origin: originOf(stocks.url) } : stocks;
}
