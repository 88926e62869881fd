import { natsOptions, type NatsOptions } from '../sources/nats/nats-options.ts';
import type { NatsTarget } from './engine-port.ts';

/** The source's options for a target. Throws an Error naming what is missing or wrong; holds secrets. */
export function natsOptionsOf(target: NatsTarget): NatsOptions {
  return natsOptions(
    {
      url: target.url,
      auth: authOf(target),
      user: target.user ?? '',
      file: target.credsFile ?? target.nkeyFile ?? '',
      tls_ca: target.tls?.ca ?? '',
      tls_cert: target.tls?.cert ?? '',
      tls_key: target.tls?.key ?? '',
    },
    target.token ?? target.password ?? '',
  );
}

function authOf(target: NatsTarget) {
  if (target.credsFile !== undefined) return 'creds';
  if (target.nkeyFile !== undefined) return 'nkey';
  if (target.token !== undefined) return 'token';
  return target.user === undefined ? 'none' : 'user';
}
