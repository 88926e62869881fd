import Type, { type Static } from 'typebox';

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

/** How long raw events are kept; they age out by whichever limit comes first, below a checkpoint only. */
export const Retention = Type.Object({
  journal_days: Type.Integer({ minimum: 1, maximum: 3650 }),
  journal_megabytes: Type.Integer({ minimum: 16, maximum: 1_048_576 }),
});
export type Retention = Static<typeof Retention>;

/** Everything a user can set, as it is read. */
export const Settings = Type.Object({
  appearance: Appearance,
  nats: NatsSettings,
  local_api: LocalApi,
  retention: Retention,
  base_currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  overridden: Type.Array(Type.String(), {
    description: 'Fields given by option or variable at start, which win over these until a restart',
  }),
});
export type Settings = Static<typeof Settings>;

const { has_secret: _readOnly, ...natsWritable } = NatsSettings.properties;
const Closed = { additionalProperties: false };

/** A change of settings: only the fields to change. `secret` is the password or token to keep; empty forgets it. */
export const SettingsPatch = Type.Object(
  {
    appearance: Type.Optional(Type.Partial(Appearance, Closed)),
    nats: Type.Optional(
      Type.Partial(Type.Object({ ...natsWritable, secret: Type.String({ maxLength: 4096 }) }), Closed),
    ),
    local_api: Type.Optional(Type.Partial(LocalApi, Closed)),
    retention: Type.Optional(Type.Partial(Retention, Closed)),
    base_currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
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
  local_api: { on: false, port: 4000 },
  retention: { journal_days: 30, journal_megabytes: 2048 },
  base_currency: 'USD',
  overridden: [],
};
