import type { NatsSettings } from '../../../src-contract/settings.ts';
import { serverAddresses, type ServerAddress } from './server-address.ts';

/** How to identify to a NATS server. Holds secrets: never log it. */
export type NatsAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'user'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'creds'; readonly file: string }
  | { readonly kind: 'nkey'; readonly file: string };

/** Everything needed to reach NATS. Holds secrets: never log it. */
export interface NatsOptions {
  readonly servers: readonly ServerAddress[];
  readonly auth: NatsAuth;
  /** Paths of PEM files, or null where the system's defaults do. */
  readonly tls: {
    readonly caFile: string | null;
    readonly certFile: string | null;
    readonly keyFile: string | null;
  };
}

/**
 * Turns settings and the secret kept beside them into connection options. A user or token in the URL counts where the
 * settings name none. Throws an Error naming the field and what is missing or wrong.
 */
export function natsOptions(settings: Omit<NatsSettings, 'has_secret'>, secret: string): NatsOptions {
  const servers = serverAddresses(settings.url);
  const certFile = orNull(settings.tls_cert);
  const keyFile = orNull(settings.tls_key);
  if ((certFile === null) !== (keyFile === null)) {
    throw new Error('NATS TLS: a certificate and its key are given together, or neither');
  }
  return {
    servers,
    auth: settings.auth === 'none' ? authFromUrl(servers) : authFromSettings(settings, secret),
    tls: { caFile: orNull(settings.tls_ca), certFile, keyFile },
  };
}

function authFromSettings(settings: Omit<NatsSettings, 'has_secret'>, secret: string): NatsAuth {
  switch (settings.auth) {
    case 'none':
      return { kind: 'none' };
    case 'user':
      return { kind: 'user', user: required(settings.user, 'user'), password: secret };
    case 'token':
      return { kind: 'token', token: required(secret, 'token') };
    case 'creds':
      return { kind: 'creds', file: required(settings.file, 'creds file') };
    case 'nkey':
      return { kind: 'nkey', file: required(settings.file, 'NKey seed file') };
  }
}

function authFromUrl(servers: readonly ServerAddress[]): NatsAuth {
  const credentials = servers.find((server) => server.credentials !== null)?.credentials ?? null;
  if (credentials === null) return { kind: 'none' };
  const { user, password } = credentials;
  return password === null ? { kind: 'token', token: user } : { kind: 'user', user, password };
}

function required(value: string, what: string): string {
  if (value === '') throw new Error(`NATS authentication: the ${what} is missing`);
  return value;
}

function orNull(path: string): string | null {
  return path === '' ? null : path;
}
