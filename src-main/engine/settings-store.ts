import { renameSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import {
  DEFAULT_SETTINGS,
  type NatsSettings,
  type Settings,
  type SettingsPatch,
} from '../../src-contract/settings.ts';
import { isTimeZone } from './time-zone.ts';
import { ContractError } from '../../src-contract/result.ts';
import type { Log } from '../lib/log.ts';

type KeptNats = Omit<NatsSettings, 'has_secret'> & { secret: string };
type Kept = Omit<Settings, 'nats' | 'overridden'> & { nats: KeptNats };

/** Name of the settings file in the data folder, without its ending. */
export const SETTINGS_FILE = 'settings';

/**
 * The settings of a data folder, in a JSON file only its owner can read. A file that cannot be read is set aside under
 * another name and the defaults are used.
 */
export class SettingsStore {
  readonly #conf: Conf<Kept>;
  readonly #overridden: string[];

  constructor(folder: string, overridden: string[], log: Log) {
    this.#overridden = overridden;
    this.#conf = openConf(folder, log);
  }

  /** The settings, without secrets. */
  read(): Settings {
    const { nats, ...rest } = this.#kept();
    const { secret, ...shown } = nats;
    return { ...rest, nats: { ...shown, has_secret: secret !== '' }, overridden: this.#overridden };
  }

  /** The password or token kept for NATS; empty for none. */
  natsSecret(): string {
    return this.#kept().nats.secret;
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
    const kept = this.#kept();
    this.#conf.store = {
      appearance: { ...kept.appearance, ...patch.appearance },
      nats: { ...kept.nats, ...patch.nats },
      local_api: { ...kept.local_api, ...patch.local_api },
      retention: { ...kept.retention, ...patch.retention },
      base_currency: patch.base_currency ?? kept.base_currency,
    };
    return this.read();
  }

  #kept(): Kept {
    const stored = this.#conf.store as Partial<Kept>;
    const { has_secret: _shownOnly, ...nats } = DEFAULT_SETTINGS.nats;
    return {
      appearance: { ...DEFAULT_SETTINGS.appearance, ...stored.appearance },
      nats: { ...nats, secret: '', ...stored.nats },
      local_api: { ...DEFAULT_SETTINGS.local_api, ...stored.local_api },
      retention: { ...DEFAULT_SETTINGS.retention, ...stored.retention },
      base_currency: stored.base_currency ?? DEFAULT_SETTINGS.base_currency,
    };
  }
}

function openConf(folder: string, log: Log): Conf<Kept> {
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
    const name = `${SETTINGS_FILE}.unreadable-${Date.now()}.json`;
    renameSync(join(folder, `${SETTINGS_FILE}.json`), join(folder, name));
    log.error('the settings file could not be read and was set aside', { name, error });
    return new Conf<Kept>(options);
  }
}
