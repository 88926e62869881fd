import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Check } from 'typebox/value';
import { LocalApi, NatsSettings } from '../../src-contract/settings.ts';

/** What the settings of a data folder say about how to start; all optional, because a file may be older. */
const KeptSettings = Type.Object({
  nats: Type.Optional(
    Type.Partial(Type.Object({ ...NatsSettings.properties, secret: Type.String(), sealed: Type.String() })),
  ),
  local_api: Type.Optional(Type.Partial(LocalApi)),
});
export type KeptSettings = Static<typeof KeptSettings>;

/** The file in the data folder that the engine keeps the settings in. */
const FILE = 'settings.json';

/**
 * Reads what a data folder keeps about how to start. Null when it keeps nothing, or nothing that can be read: the
 * engine then sets the file aside and says so.
 */
export function readKeptSettings(dataFolder: string): KeptSettings | null {
  try {
    const kept: unknown = JSON.parse(readFileSync(join(dataFolder, FILE), 'utf8'));
    return Check(KeptSettings, kept) ? kept : null;
  } catch {
    return null;
  }
}
