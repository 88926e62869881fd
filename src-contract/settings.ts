import Type, { type Static } from 'typebox';
import { InvoiceView } from './invoice.ts';

const choice = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));

/** How the screens look; shared by all windows of this data folder. */
export const Appearance = Type.Object({
  theme: choice(['system', 'dark', 'light']),
  palette: choice(['standard', 'colour-blind', 'east-asian']),
  density: choice(['compact', 'comfortable']),
  time_zone: Type.String({ minLength: 1, maxLength: 64, description: '`local`, `UTC` or an IANA name' }),
  flash: Type.Boolean({ description: 'Brief highlight of changed values' }),
});
export type Appearance = Static<typeof Appearance>;

/** How to reach NATS. Secrets are written, never read back: `has_secret` says that one is kept. */
export const NatsSettings = Type.Object({
  url: Type.String({ maxLength: 2048, description: 'Empty: no NATS' }),
  auth: choice(['none', 'user', 'token', 'creds', 'nkey']),
  user: Type.String({ maxLength: 256 }),
  file: Type.String({ maxLength: 4096, description: 'Path of the creds or NKey seed file' }),
  tls_ca: Type.String({ maxLength: 4096 }),
  tls_cert: Type.String({ maxLength: 4096 }),
  tls_key: Type.String({ maxLength: 4096 }),
  has_secret: Type.Boolean(),
});
export type NatsSettings = Static<typeof NatsSettings>;

/** The HTTP interface of the desktop app; it listens on loopback only. */
export const LocalApi = Type.Object({
  on: Type.Boolean(),
  port: Type.Integer({ minimum: 0, maximum: 65535 }),
});
export type LocalApi = Static<typeof LocalApi>;

/** Where a stock API answers, when its address names no path. */
export const STOCK_PRICES_PATH = '/api/stock-prices';

/** Where prices are polled, how often, and for whom. Secrets are written, never read back. */
export const StockSettings = Type.Object({
  url: Type.String({
    maxLength: 2048,
    description: 'Empty: the built-in mock in demo, no polling elsewhere',
  }),
  key_header: Type.String({ maxLength: 128, description: 'Header that carries the API key' }),
  has_key: Type.Boolean(),
  key_origin: Type.String({
    maxLength: 2048,
    description: 'Scheme, host and port that the saved key was entered for, and is sent to; nowhere else',
  }),
  tls_ca: Type.String({ maxLength: 4096, description: 'Path of a CA certificate; empty: the system’s' }),
  poll_seconds: Type.Integer({ minimum: 1, maximum: 3600 }),
  poll_held: Type.Boolean({ description: 'Also fetch what shared portfolios hold' }),
  share: Type.Boolean({ description: 'Publish fetched prices, and elect one poller per environment' }),
});
export type StockSettings = Static<typeof StockSettings>;

/** Sources of prices that can be put in an order of preference. */
export const PRICE_SOURCES = ['nats', 'stocks', 'demo'] as const;
const PriceSources = Type.Array(choice(PRICE_SOURCES), {
  minItems: 3,
  maxItems: 3,
  uniqueItems: true,
  description: 'Sources of prices from the most to the least preferred',
});

/** How long things are kept; they age out by whichever limit comes first, raw events below a checkpoint only. */
export const Retention = Type.Object({
  journal_days: Type.Integer({ minimum: 1, maximum: 3650 }),
  journal_megabytes: Type.Integer({ minimum: 16, maximum: 1_048_576 }),
  candles_1s_days: Type.Integer({ minimum: 1, maximum: 3650 }),
  candles_1s_megabytes: Type.Integer({ minimum: 1, maximum: 1_048_576 }),
  candles_1m_days: Type.Integer({ minimum: 1, maximum: 36_500 }),
  candles_1m_megabytes: Type.Integer({ minimum: 1, maximum: 1_048_576 }),
});
export type Retention = Static<typeof Retention>;

/** At most this many views of the invoice grid are kept. */
export const MAX_INVOICE_VIEWS = 50;

/** How invoices are made, published and added up. */
export const InvoiceSettings = Type.Object({
  vat_percent: Type.String({
    pattern: '^[0-9]{1,2}(\\.[0-9]{1,2})?$',
    description: 'VAT of the simulator’s invoices: 0 to 99.99',
  }),
  publish: Type.Boolean({
    description: 'Publish invoices that are issued or imported here as {env}.invoice.issued',
  }),
  conversion: Type.Array(
    Type.Object({
      currency: Type.String({ pattern: '^[A-Z]{3}$' }),
      rate: Type.String({
        pattern: '^[0-9]{1,9}(\\.[0-9]{1,9})?$',
        description: 'What one unit is worth in the base currency',
      }),
    }),
    { maxItems: 200, description: 'Fixed rates by which totals are also shown in the base currency' },
  ),
  views: Type.Array(InvoiceView, { maxItems: MAX_INVOICE_VIEWS }),
});
export type InvoiceSettings = Static<typeof InvoiceSettings>;

/** How much a stage of the pipeline has in hand: it asks for more below `min`, and never has more than `max`. */
export const StageDemand = Type.Object({
  min: Type.Integer({ minimum: 1, maximum: 10_000 }),
  max: Type.Integer({ minimum: 1, maximum: 10_000 }),
});
export type StageDemand = Static<typeof StageDemand>;

/** The pipeline: demand per stage in events, and worker threads that aggregate beside the engine's (0: none). */
export const PipelineSettings = Type.Object({
  transform: StageDemand,
  commit: StageDemand,
  aggregate: StageDemand,
  shards: Type.Integer({ minimum: 0, maximum: 8 }),
});
export type PipelineSettings = Static<typeof PipelineSettings>;

/** Everything a user can set, as it is read. */
export const Settings = Type.Object({
  appearance: Appearance,
  nats: NatsSettings,
  stocks: StockSettings,
  price_sources: PriceSources,
  local_api: LocalApi,
  invoices: InvoiceSettings,
  pipeline: PipelineSettings,
  retention: Retention,
  base_currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'A currency code of ISO 4217' }),
  secrets: Type.Unsafe<'system' | 'file'>(
    Type.Enum(['system', 'file'], {
      description:
        'Where secrets are kept: sealed by the system’s secret storage, or in the settings file, which only its owner can read',
    }),
  ),
  overridden: Type.Array(Type.String(), {
    description: 'Fields given by option or variable at start, which win over these until a restart',
  }),
});
export type Settings = Static<typeof Settings>;

const { has_secret: _readOnly, ...natsWritable } = NatsSettings.properties;
const { has_key: _keyIsReadOnly, key_origin: _soIsItsOrigin, ...stocksWritable } = StockSettings.properties;
const Closed = { additionalProperties: false };

/**
 * A change of settings: only the fields to change. `secret` is the password or token, `key` the API key to keep; empty
 * forgets it.
 */
export const SettingsPatch = Type.Object(
  {
    appearance: Type.Optional(Type.Partial(Appearance, Closed)),
    nats: Type.Optional(
      Type.Partial(Type.Object({ ...natsWritable, secret: Type.String({ maxLength: 4096 }) }), Closed),
    ),
    stocks: Type.Optional(
      Type.Partial(Type.Object({ ...stocksWritable, key: Type.String({ maxLength: 4096 }) }), Closed),
    ),
    price_sources: Type.Optional(PriceSources),
    local_api: Type.Optional(Type.Partial(LocalApi, Closed)),
    invoices: Type.Optional(Type.Partial(InvoiceSettings, Closed)),
    pipeline: Type.Optional(Type.Partial(PipelineSettings, Closed)),
    retention: Type.Optional(Type.Partial(Retention, Closed)),
    base_currency: Type.Optional(
      Type.String({ pattern: '^[A-Z]{3}$', description: 'A currency code of ISO 4217' }),
    ),
  },
  Closed,
);
export type SettingsPatch = Static<typeof SettingsPatch>;

/** Settings of a fresh data folder. */
export const DEFAULT_SETTINGS: Settings = {
  appearance: {
    theme: 'system',
    palette: 'standard',
    density: 'compact',
    time_zone: 'local',
    flash: true,
  },
  nats: {
    url: '',
    auth: 'none',
    user: '',
    file: '',
    tls_ca: '',
    tls_cert: '',
    tls_key: '',
    has_secret: false,
  },
  stocks: {
    url: '',
    key_header: 'X-Api-Key',
    has_key: false,
    key_origin: '',
    tls_ca: '',
    poll_seconds: 5,
    poll_held: false,
    share: false,
  },
  price_sources: ['nats', 'stocks', 'demo'],
  local_api: { on: false, port: 4000 },
  invoices: { vat_percent: '15', publish: false, conversion: [], views: [] },
  pipeline: {
    transform: { min: 500, max: 1000 },
    commit: { min: 8000, max: 8000 },
    aggregate: { min: 500, max: 1000 },
    shards: 0,
  },
  retention: {
    journal_days: 30,
    journal_megabytes: 2048,
    candles_1s_days: 2,
    candles_1s_megabytes: 1024,
    candles_1m_days: 90,
    candles_1m_megabytes: 2048,
  },
  base_currency: 'USD',
  secrets: 'file',
  overridden: [],
};
