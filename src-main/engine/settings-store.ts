import { renameSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { CURRENCY_CODES } from '../../src-contract/currency-codes.ts';
import type { Settings, SettingsPatch } from '../../src-contract/settings.ts';
import { ContractError } from '../../src-contract/result.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { keptIn, type Kept } from './kept-settings.ts';
import { checkNats } from './nats-check.ts';
import { checkPipeline } from './pipeline-check.ts';
import { originOf } from './polling/stock-key.ts';
import { noSecretBox, type SecretBox } from './secret-box.ts';
import { checkStocks } from './stock-check.ts';
import { isTimeZone } from './time-zone.ts';

/** Name of the settings file in the data folder, without its ending. */
const SETTINGS_FILE = 'settings';
const SECRET_GROUPS = ['nats', 'stocks'] as const;

/** What the settings of a data folder work with. */
export interface SettingsSurroundings {
  overridden: string[];
  /** Address of the stock API given at the start: keys are entered for it; left out: for that of the settings. */
  stockApi?: string | null;
  log: Log;
  clock: Pick<Clock, 'now'>;
  /** Where secrets are sealed; left out: they lie in the file. */
  secrets?: SecretBox;
}

/**
 * The settings of a data folder, in a JSON file only its owner can read. It is read once, at start: a file that cannot be
 * read is set aside under another name and the defaults are used; a group of it that does not hold settings is left out.
 * Secrets are sealed by the system's secret storage where there is one; in memory they are plain.
 */
export class SettingsStore {
  readonly #with: SettingsSurroundings;
  readonly #box: SecretBox;
  readonly #conf: Conf<Kept>;
  #kept: Kept;
  #secrets: { nats: string; stocks: string };
  #seals = false;
  #work: Promise<unknown> = Promise.resolve();

  constructor(folder: string, surroundings: SettingsSurroundings) {
    this.#with = surroundings;
    this.#box = surroundings.secrets ?? noSecretBox;
    this.#conf = openConf(folder, surroundings);
    this.#kept = keptIn(this.#conf.store, surroundings.log);
    this.#secrets = { nats: this.#kept.nats.secret, stocks: this.#kept.stocks.secret };
  }

  /** Opens what is sealed, and seals what is not where that can be done. Secrets are known once this has resolved. */
  async unlock(): Promise<void> {
    this.#seals = (await this.#box.seal('')) !== null;
    for (const group of SECRET_GROUPS) {
      const { sealed } = this.#kept[group];
      if (sealed !== '') this.#secrets[group] = await this.#opened(group, sealed);
    }
    if (SECRET_GROUPS.some((group) => this.#seals && this.#kept[group].secret !== '')) {
      this.#keep(await this.#sealed(this.#kept));
    }
  }

  /** The settings, without secrets. */
  read(): Settings {
    const { nats, stocks, ...rest } = this.#kept;
    const { secret: _natsSecret, sealed: _natsSealed, ...shownNats } = nats;
    const { secret: _key, sealed: _keySealed, ...shownStocks } = stocks;
    return {
      ...rest,
      nats: { ...shownNats, has_secret: this.#secrets.nats !== '' },
      stocks: { ...shownStocks, has_key: this.#secrets.stocks !== '' },
      secrets: this.#seals ? 'system' : 'file',
      overridden: this.#with.overridden,
    };
  }

  /** The password or token kept for NATS; empty for none. */
  natsSecret(): string {
    return this.#secrets.nats;
  }

  /** The API key kept for the stock API; empty for none. */
  stockKey(): string {
    return this.#secrets.stocks;
  }

  /** Changes the fields that are given. Rejects with a ContractError naming a field that cannot be used. */
  patch(patch: SettingsPatch): Promise<Settings> {
    const patched = this.#work.then(() => this.#patch(patch));
    this.#work = patched.catch(() => undefined);
    return patched;
  }

  async #patch(patch: SettingsPatch): Promise<Settings> {
    const { secret, ...nats } = patch.nats ?? {};
    const { key, ...stocks } = patch.stocks ?? {};
    const before = this.#kept;
    const secrets = { nats: secret ?? this.#secrets.nats, stocks: key ?? this.#secrets.stocks };
    const changed: Kept = {
      appearance: { ...before.appearance, ...patch.appearance },
      nats: { ...before.nats, ...nats, ...(secret === undefined ? {} : { secret, sealed: '' }) },
      stocks: { ...before.stocks, ...stocks, ...(key === undefined ? {} : this.#boundKey(key, stocks.url)) },
      price_sources: patch.price_sources ?? before.price_sources,
      local_api: { ...before.local_api, ...patch.local_api },
      invoices: { ...before.invoices, ...patch.invoices },
      pipeline: { ...before.pipeline, ...patch.pipeline },
      retention: { ...before.retention, ...patch.retention },
      base_currency: patch.base_currency ?? before.base_currency,
    };
    checkPatch(patch, changed, secrets.nats);
    this.#keep(await this.#sealed(changed));
    this.#secrets = secrets;
    return this.read();
  }

  /** A key is of the address it is entered with. */
  #boundKey(key: string, url = this.#kept.stocks.url) {
    const origin = key === '' ? '' : originOf(this.#with.stockApi ?? url);
    return { secret: key, sealed: '', key_origin: origin };
  }

  #keep(kept: Kept): void {
    this.#conf.store = kept;
    this.#kept = kept;
  }

  async #sealed(kept: Kept): Promise<Kept> {
    return {
      ...kept,
      nats: await this.#sealedGroup(kept.nats),
      stocks: await this.#sealedGroup(kept.stocks),
    };
  }

  async #sealedGroup<G extends { secret: string; sealed: string }>(group: G): Promise<G> {
    if (group.secret === '') return group;
    const sealed = await this.#box.seal(group.secret);
    return sealed === null ? group : { ...group, secret: '', sealed };
  }

  async #opened(group: string, sealed: string): Promise<string> {
    const secret = await this.#box.open(sealed);
    if (secret === null)
      this.#with.log.error('a secret in the settings cannot be opened: set it again', { group });
    return secret ?? '';
  }
}

function checkPatch(patch: SettingsPatch, { nats, pipeline }: Kept, secret: string): void {
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
  const currency = patch.base_currency;
  if (currency !== undefined && !CURRENCY_CODES.has(currency)) {
    const words = 'is no currency; a code of ISO 4217 such as "USD" is accepted';
    throw new ContractError('invalid_argument', `/base_currency ${JSON.stringify(currency)} ${words}`, {
      field: '/base_currency',
    });
  }
  if (patch.nats !== undefined) checkNats({ nats: { ...nats, has_secret: false } }, secret);
  if (patch.stocks !== undefined) checkStocks(patch.stocks);
  if (patch.pipeline !== undefined) checkPipeline(pipeline);
}

function openConf(folder: string, { log, clock }: SettingsSurroundings): Conf<Kept> {
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
