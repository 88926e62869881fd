import { renameSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import Type, { type TSchema } from 'typebox';
import { Check } from 'typebox/value';
import {
  Appearance,
  DEFAULT_SETTINGS,
  LocalApi,
  NatsSettings,
  Retention,
  SettingsPatch,
  type Settings,
} from '../../src-contract/settings.ts';
import type { Clock } from '../lib/clock.ts';
import { checkNats } from './nats-check.ts';
import { isTimeZone } from './time-zone.ts';
import { ContractError } from '../../src-contract/result.ts';
import type { Log } from '../lib/log.ts';

type KeptNats = Omit<NatsSettings, 'has_secret'> & { secret: string };
type Kept = Omit<Settings, 'nats' | 'overridden'> & { nats: KeptNats };

/** Name of the settings file in the data folder, without its ending. */
const SETTINGS_FILE = 'settings';

const { has_secret: _shownOnly, ...natsDefaults } = DEFAULT_SETTINGS.nats;
const { has_secret: _never, ...natsKept } = NatsSettings.properties;
const NatsKept = Type.Object({ ...natsKept, secret: Type.String() });
const Currency = SettingsPatch.properties.base_currency;

/**
 * The settings of a data folder, in a JSON file only its owner can read. It is read once, at start: a file that cannot be
 * read is set aside under another name and the defaults are used; a group of it that does not hold settings is left out.
 */
export class SettingsStore {
  readonly #conf: Conf<Kept>;
  readonly #overridden: string[];
  #kept: Kept;

  constructor(folder: string, overridden: string[], log: Log, clock: Pick<Clock, 'now'>) {
    this.#overridden = overridden;
    this.#conf = openConf(folder, log, clock);
    this.#kept = keptIn(this.#conf.store, log);
  }

  /** The settings, without secrets. */
  read(): Settings {
    const { nats, ...rest } = this.#kept;
    const { secret, ...shown } = nats;
    return { ...rest, nats: { ...shown, has_secret: secret !== '' }, overridden: this.#overridden };
  }

  /** The password or token kept for NATS; empty for none. */
  natsSecret(): string {
    return this.#kept.nats.secret;
  }

  /** Changes the fields that are given. Throws a ContractError naming a field that cannot be used. */
  patch(patch: SettingsPatch): Settings {
    const zone = patch.appearance?.time_zone;
    if (zone !== undefined && zone !== 'local' && !isTimeZone(zone)) {
      throw new ContractError(
        'invalid_argument',
        `/appearance/time_zone ${JSON.stringify(zone)} is not known`,
        {
          field: '/appearance/time_zone',
        },
      );
    }
    const before = this.#kept;
    const kept: Kept = {
      appearance: { ...before.appearance, ...patch.appearance },
      nats: { ...before.nats, ...patch.nats },
      local_api: { ...before.local_api, ...patch.local_api },
      retention: { ...before.retention, ...patch.retention },
      base_currency: patch.base_currency ?? before.base_currency,
    };
    if (patch.nats !== undefined) checkNats({ nats: { ...kept.nats, has_secret: false } }, kept.nats.secret);
    this.#conf.store = kept;
    this.#kept = kept;
    return this.read();
  }
}

function keptIn(stored: Partial<Record<keyof Kept, unknown>>, log: Log): Kept {
  const group = <T extends object>(name: keyof Kept, schema: TSchema, defaults: T): T => {
    const given = stored[name];
    const value: unknown = { ...defaults, ...(typeof given === 'object' ? given : {}) };
    if (Check(schema, value)) return value as T;
    log.warn('settings that cannot be used were left out', { group: name });
    return defaults;
  };
  return {
    appearance: group('appearance', Appearance, DEFAULT_SETTINGS.appearance),
    nats: group('nats', NatsKept, { ...natsDefaults, secret: '' }),
    local_api: group('local_api', LocalApi, DEFAULT_SETTINGS.local_api),
    retention: group('retention', Retention, DEFAULT_SETTINGS.retention),
    base_currency: Check(Currency, stored.base_currency)
      ? (stored.base_currency ?? DEFAULT_SETTINGS.base_currency)
      : DEFAULT_SETTINGS.base_currency,
  };
}

function openConf(folder: string, log: Log, clock: Pick<Clock, 'now'>): Conf<Kept> {
  const options = {
    cwd: folder,
    configName: SETTINGS_FILE,
    configFileMode: 0o600,
    projectName: 'PulseDesk',
    accessPropertiesByDotNotation: false,
  };
  try {
    return new Conf<Kept>(options);
  } catch (error) {
    const name = `${SETTINGS_FILE}.unreadable-${clock.now()}.json`;
    renameSync(join(folder, `${SETTINGS_FILE}.json`), join(folder, name));
    log.error('the settings file could not be read and was set aside', { name, error });
    return new Conf<Kept>(options);
  }
}
