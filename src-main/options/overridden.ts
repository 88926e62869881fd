import type { OptionName } from './option-table.ts';
import type { GivenOptions, Variables } from './read-options.ts';
import { isAddressGiven } from './nats-target.ts';

const FIELDS: readonly (readonly [OptionName, readonly string[]])[] = [
  ['nats-user', ['nats.auth', 'nats.user']],
  ['nats-password', ['nats.auth', 'nats.secret']],
  ['nats-token', ['nats.auth', 'nats.secret']],
  ['nats-creds', ['nats.auth', 'nats.file']],
  ['nats-nkey', ['nats.auth', 'nats.file']],
  ['nats-tls-ca', ['nats.tls_ca']],
  ['nats-tls-cert', ['nats.tls_cert']],
  ['nats-tls-key', ['nats.tls_key']],
  ['stock-api', ['stocks.url']],
  ['stock-api-key', ['stocks.key']],
  ['stock-api-key-header', ['stocks.key_header']],
  ['port', ['local_api.on', 'local_api.port']],
];

/** Paths of the settings fields that option or variable decided, such as `nats.url`, each once and in order. */
export function overriddenFields(given: GivenOptions, variables: Variables): string[] {
  const fields = FIELDS.flatMap(([name, paths]) => (given[name] === undefined ? [] : paths));
  const address = isAddressGiven(given, variables) ? ['nats.url'] : [];
  const inAddress = given.nats?.value.user ?? given.nats?.value.token;
  if (inAddress !== undefined) address.push('nats.auth', 'nats.secret');
  return [...new Set([...address, ...fields])].sort();
}
