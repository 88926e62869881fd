import { readFile } from 'node:fs/promises';
import {
  credsAuthenticator,
  nkeyAuthenticator,
  nkeys,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
  type Authenticator,
  type TlsOptions,
} from '@nats-io/transport-node';
import type { NatsAuth, NatsOptions } from './nats-options.ts';

/**
 * Makes the authenticator, reading the file it needs: again for each connection, so that a renewed file counts. Rejects
 * with an Error that names the file and what is wrong with it, never its content.
 */
export async function authenticatorOf(auth: NatsAuth): Promise<Authenticator | null> {
  switch (auth.kind) {
    case 'none':
      return null;
    case 'user':
      return usernamePasswordAuthenticator(auth.user, auth.password);
    case 'token':
      return tokenAuthenticator(auth.token);
    case 'creds':
      return fromCreds(auth.file);
    case 'nkey':
      return fromSeed(auth.file);
  }
}

/** Reads the PEM files of the options; null where none is given. Rejects with an Error that names the file. */
export async function tlsOptionsOf(tls: NatsOptions['tls'], required: boolean): Promise<TlsOptions | null> {
  const { caFile, certFile, keyFile } = tls;
  if (caFile === null && certFile === null) return required ? {} : null;
  return {
    ...(caFile === null ? {} : { ca: await read(caFile, 'TLS CA file') }),
    ...(certFile === null ? {} : { cert: await read(certFile, 'TLS certificate file') }),
    ...(keyFile === null ? {} : { key: await read(keyFile, 'TLS key file') }),
  };
}

async function fromCreds(file: string): Promise<Authenticator> {
  const authenticator = credsAuthenticator(Buffer.from(await read(file, 'creds file')));
  refuse(`creds file ${file}: holds no user JWT with its seed`, () => authenticator('check'));
  return authenticator;
}

async function fromSeed(file: string): Promise<Authenticator> {
  const text = await read(file, 'NKey seed file');
  const seed = /\bSU[A-Z2-7]{56}\b/.exec(text)?.[0] ?? '';
  const bytes = Buffer.from(seed);
  refuse(`NKey seed file ${file}: holds no user seed (58 characters that begin with SU)`, () =>
    nkeys.fromSeed(bytes),
  );
  return nkeyAuthenticator(bytes);
}

/** Runs a check whose own error might quote the secret, and fails with `message` instead. */
function refuse(message: string, check: () => unknown): void {
  try {
    check();
  } catch {
    throw new Error(message);
  }
}

async function read(file: string, what: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Error(`${what} ${file}: cannot be read (${code})`, { cause: error });
  }
}
