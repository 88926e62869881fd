import { ContractError } from '../../src-contract/result.ts';
import type { Settings } from '../../src-contract/settings.ts';
import { natsFromSettings } from './nats-from-settings.ts';
import { natsOptionsOf } from './nats-options-of.ts';

/** Which field a complaint of the NATS options is about, by the words it begins with. */
const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^NATS URL/, '/nats/url'],
  [/^NATS TLS/, '/nats/tls_cert'],
  [/the user is/, '/nats/user'],
  [/the token is/, '/nats/secret'],
  [/file is/, '/nats/file'],
];

/**
 * Says whether NATS can be tried with these settings. Throws a ContractError that names the field: settings that cannot be
 * used must not be kept, because the next start would trip over them.
 */
export function checkNats(settings: Pick<Settings, 'nats'>, secret: string): void {
  if (settings.nats.url.includes('@')) {
    throw refusal(
      'NATS URL: user and password stand in fields of their own, where they are never shown',
      '/nats/url',
    );
  }
  const target = natsFromSettings(settings, secret);
  if (target === null) return;
  try {
    natsOptionsOf(target);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const field = FIELDS.find(([pattern]) => pattern.test(words))?.[1] ?? '/nats';
    throw refusal(words, field);
  }
}

function refusal(words: string, field: string): ContractError {
  return new ContractError('invalid_argument', words, { field });
}
