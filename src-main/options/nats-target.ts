import type { NatsTarget } from '../engine/engine-port.ts';
import type { KeptSettings } from './kept-settings.ts';
import { natsCredentials } from './nats-credentials.ts';
import { natsUrl, type NatsUrl } from './nats-url.ts';
import { OptionError } from './option-error.ts';
import { REFUSED } from './option-values.ts';
import type { GivenOptions, Variables } from './read-options.ts';

type Kept = NonNullable<KeptSettings['nats']>;
/**
 * How to reach NATS, field by field: option, else variable, else settings. Null without an address.
 *
 * @throws OptionError when what was given contradicts itself.
 */
export function natsTarget(given: GivenOptions, variables: Variables, kept: Kept): NatsTarget | null {
  if (given['no-nats'] !== undefined) {
    if (given.nats?.from === 'option') throw new OptionError('give --nats or --no-nats, not both');
    return null;
  }
  const address = given.nats?.value ?? addressFromParts(variables) ?? addressFromSettings(kept);
  if (address === null) return null;
  const tls = tlsOf(given, kept);
  return {
    url: address.url,
    ...natsCredentials(given, address, kept),
    ...(tls === undefined ? {} : { tls }),
    ensureStream: given['ensure-stream']?.value ?? false,
  };
}

/** Whether option or variable decided the address, or that there is none. */
export function isAddressGiven(given: GivenOptions, variables: Variables): boolean {
  const parts = [given.nats, given['no-nats'], variables['NATS_HOST']];
  return parts.some((part) => part !== undefined && part !== '');
}

function addressFromParts(variables: Variables): NatsUrl | null {
  const host = variables['NATS_HOST'];
  if (host === undefined || host === '') return null;
  const port = variables['NATS_PORT'] ?? '';
  if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    throw new OptionError(`NATS_PORT takes a port number from 1 to 65535, not ${JSON.stringify(port)}`);
  }
  const url = /^[\w.:[\]-]+$/.test(host) ? natsUrl(port === '' ? host : `${host}:${port}`) : REFUSED;
  if (url === REFUSED) {
    throw new OptionError(`NATS_HOST takes a host name or address, not ${JSON.stringify(host)}`);
  }
  return url;
}

function addressFromSettings(kept: Kept): NatsUrl | null {
  if (kept.url === undefined || kept.url === '') return null;
  const url = natsUrl(kept.url);
  if (url === REFUSED) {
    throw new OptionError(
      'the NATS URL in the settings of this data folder cannot be read; give --nats or --no-nats',
    );
  }
  return url;
}

function tlsOf(given: GivenOptions, kept: Kept): NatsTarget['tls'] {
  const files = {
    ca: given['nats-tls-ca']?.value ?? kept.tls_ca ?? '',
    cert: given['nats-tls-cert']?.value ?? kept.tls_cert ?? '',
    key: given['nats-tls-key']?.value ?? kept.tls_key ?? '',
  };
  if ((files.cert === '') !== (files.key === '')) {
    throw new OptionError('--nats-tls-cert and --nats-tls-key belong together: give both');
  }
  const named = Object.entries(files).filter(([, path]) => path !== '');
  return named.length === 0 ? undefined : Object.fromEntries(named);
}
