import type { LocalApi, NatsSettings } from '../../src-contract/settings.ts';

/** What settings of a data folder say about how to start; all of it optional, so that older files can be read. */
export interface KeptSettings {
  readonly nats?: Partial<Omit<NatsSettings, 'has_secret'>> & {
    /** The password or token that is kept. */
    readonly secret?: string;
  };
  readonly local_api?: Partial<LocalApi>;
}
