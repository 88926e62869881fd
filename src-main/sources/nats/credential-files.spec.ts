import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authenticatorOf, tlsOptionsOf } from './credential-files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-credentials-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const user = nkeys.createUser();
const seed = Buffer.from(user.getSeed()).toString();
const creds = [
  '-----BEGIN NATS USER JWT-----',
  'header.claims.signature',
  '------END NATS USER JWT------',
  '',
  '-----BEGIN USER NKEY SEED-----',
  seed,
  '------END USER NKEY SEED------',
  '',
].join('\n');

describe('authenticatorOf', () => {
  it('needs none without authentication', async () => {
    expect(await authenticatorOf({ kind: 'none' })).toBeNull();
  });

  it('signs with the seed of an NKey file', async () => {
    const authenticator = await authenticatorOf({ kind: 'nkey', file: file('user.nk', `# mine\n${seed}\n`) });
    expect(authenticator?.('nonce')).toMatchObject({ nkey: user.getPublicKey() });
  });

  it.each(['\n', '\r\n'])('reads a creds file with line ends %j', async (lineEnd) => {
    const path = file('user.creds', creds.replaceAll('\n', lineEnd));
    const authenticator = await authenticatorOf({ kind: 'creds', file: path });
    expect(authenticator?.('nonce')).toMatchObject({
      jwt: 'header.claims.signature',
      nkey: user.getPublicKey(),
    });
  });

  it('reads the file again for each connection, so that a renewed one counts', async () => {
    const path = file('user.nk', seed);
    await authenticatorOf({ kind: 'nkey', file: path });
    const renewed = nkeys.createUser();
    writeFileSync(path, renewed.getSeed());
    const authenticator = await authenticatorOf({ kind: 'nkey', file: path });
    expect(authenticator?.('nonce')).toMatchObject({ nkey: renewed.getPublicKey() });
  });

  it.each(['creds', 'nkey'] as const)('names a %s file that is missing', async (kind) => {
    const path = join(folder, 'missing');
    await expect(authenticatorOf({ kind, file: path })).rejects.toThrow(`${path}: cannot be read (ENOENT)`);
  });

  it('names a file with the wrong content and does not quote it', async () => {
    const broken = creds.replace(seed, `SU${'A'.repeat(56)}`);
    const badCreds = authenticatorOf({ kind: 'creds', file: file('bad.creds', broken) });
    await expect(badCreds).rejects.toThrow(/bad\.creds: holds no user JWT with its seed$/);
    const account = Buffer.from(nkeys.createAccount().getSeed()).toString();
    const wrongSeed = authenticatorOf({ kind: 'nkey', file: file('bad.nk', account) });
    await expect(wrongSeed).rejects.toThrow(
      /bad\.nk: holds no user seed \(58 characters that begin with SU\)$/,
    );
  });
});

describe('tlsOptionsOf', () => {
  const none = { caFile: null, certFile: null, keyFile: null };

  it('asks for encryption only where it is required or files are given', async () => {
    expect(await tlsOptionsOf(none, false)).toBeNull();
    expect(await tlsOptionsOf(none, true)).toEqual({});
    expect(await tlsOptionsOf({ ...none, caFile: file('ca.pem', 'CA') }, false)).toEqual({ ca: 'CA' });
  });

  it('reads certificate and key', async () => {
    const tls = { caFile: null, certFile: file('cert.pem', 'CERT'), keyFile: file('key.pem', 'KEY') };
    expect(await tlsOptionsOf(tls, false)).toEqual({ cert: 'CERT', key: 'KEY' });
  });

  it('names the file that cannot be read', async () => {
    const caFile = join(folder, 'missing.pem');
    await expect(tlsOptionsOf({ ...none, caFile }, false)).rejects.toThrow(
      `TLS CA file ${caFile}: cannot be read (ENOENT)`,
    );
  });
});
