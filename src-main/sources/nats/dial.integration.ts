import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credsAuthenticator, nkeyAuthenticator, nkeys } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type NatsSettings } from '../../../src-contract/settings.ts';
import { systemClock } from '../../lib/clock.ts';
import { dial } from './dial.ts';
import { natsOptions } from './nats-options.ts';
import { startNatsServer, type NatsServer, type NatsServerOptions } from './testing/nats-server.ts';
import { makeOperator } from './testing/user-credentials.ts';

let folder = '';
const servers: NatsServer[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-dial-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function serve(options: NatsServerOptions): Promise<NatsServer> {
  const server = await startNatsServer({ jetstream: false, ...options });
  servers.push(server);
  return server;
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Connects with these settings and answers whether the server then answers questions. */
async function reaches(settings: Partial<NatsSettings>, secret = ''): Promise<string> {
  const options = natsOptions({ ...DEFAULT_SETTINGS.nats, ...settings }, secret);
  const { connection, server } = await dial(options, 'spec', systemClock, new AbortController().signal);
  await connection.flush();
  await connection.close();
  return server;
}

describe('dial', () => {
  it('reaches a server without authentication and names it by host and port', async () => {
    const { url, port } = await serve({});
    expect(await reaches({ url })).toBe(`127.0.0.1:${port}`);
  });

  it('identifies by user and password, from the settings or from the URL', async () => {
    const { url, port } = await serve({
      config: 'authorization { user: ann, password: "p@ss" }',
      probe: { user: 'ann', pass: 'p@ss' },
    });
    expect(await reaches({ url, auth: 'user', user: 'ann' }, 'p@ss')).toBe(`127.0.0.1:${port}`);
    expect(await reaches({ url: `nats://ann:p%40ss@127.0.0.1:${port}` })).toBe(`127.0.0.1:${port}`);
  });

  it('says that authorization failed, without the password', async () => {
    const { url, port } = await serve({
      config: 'authorization { user: ann, password: right }',
      probe: { user: 'ann', pass: 'right' },
    });
    const failing = reaches({ url, auth: 'user', user: 'ann' }, 'wr0ng');
    await expect(failing).rejects.toThrow(`127.0.0.1:${port}: authorization failed: Authorization Violation`);
    await expect(failing).rejects.not.toThrow('wr0ng');
  });

  it('identifies by token', async () => {
    const { url } = await serve({ config: 'authorization { token: t0ken }', probe: { token: 't0ken' } });
    await expect(reaches({ url, auth: 'token' }, 't0ken')).resolves.toBeTruthy();
    await expect(reaches({ url })).rejects.toThrow('authorization failed');
  });

  it('identifies by an NKey seed file', async () => {
    const user = nkeys.createUser();
    const { url } = await serve({
      config: `authorization { users: [ { nkey: ${user.getPublicKey()} } ] }`,
      probe: { authenticator: nkeyAuthenticator(user.getSeed()) },
    });
    const right = file('user.nk', user.getSeed());
    await expect(reaches({ url, auth: 'nkey', file: right })).resolves.toBeTruthy();
    const wrong = file('other.nk', nkeys.createUser().getSeed());
    await expect(reaches({ url, auth: 'nkey', file: wrong })).rejects.toThrow('authorization failed');
  });

  it('identifies by a creds file', async () => {
    const { config, creds } = makeOperator();
    const { url } = await serve({ config, probe: { authenticator: credsAuthenticator(Buffer.from(creds)) } });
    await expect(reaches({ url, auth: 'creds', file: file('user.creds', creds) })).resolves.toBeTruthy();
    const foreign = file('foreign.creds', makeOperator().creds);
    await expect(reaches({ url, auth: 'creds', file: foreign })).rejects.toThrow('authorization failed');
  });

  it('names the file that is missing, as a cause for which it tries again', async () => {
    const { url, port } = await serve({});
    await expect(reaches({ url, auth: 'creds', file: join(folder, 'none.creds') })).rejects.toThrow(
      `127.0.0.1:${port}: creds file ${join(folder, 'none.creds')}: cannot be read (ENOENT)`,
    );
  });

  it('goes on to the next server of the list, and names the last one when all fail', async () => {
    const gone = await startNatsServer({ jetstream: false });
    await gone.stop();
    const { url, port } = await serve({});
    expect(await reaches({ url: `${gone.url},${url}` })).toBe(`127.0.0.1:${port}`);
    await expect(reaches({ url: gone.url })).rejects.toThrow(`127.0.0.1:${gone.port}: connection refused`);
  });

  it('gives up a server that is alive but says nothing', async () => {
    const server = await serve({});
    await server.kill('SIGSTOP');
    await expect(reaches({ url: server.url })).rejects.toThrow('no answer within 2 s');
    await server.kill('SIGCONT');
    await expect(reaches({ url: server.url })).resolves.toBeTruthy();
  });

  it('does not come back by itself: a lost connection is closed', async () => {
    const server = await serve({});
    const options = natsOptions({ ...DEFAULT_SETTINGS.nats, url: server.url }, '');
    const { connection } = await dial(options, 'spec', systemClock, new AbortController().signal);
    await server.kill('SIGKILL');
    await connection.closed();
    expect(connection.isClosed()).toBe(true);
  });

  it('ends at once when it is aborted', async () => {
    const options = natsOptions({ ...DEFAULT_SETTINGS.nats, url: 'nats://127.0.0.1:1' }, '');
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(dial(options, 'spec', systemClock, aborted)).rejects.toThrow('enough');
  });
});

describe('dial over TLS', () => {
  const path = (name: string): string => join(folder, name);
  const tls = (name = 'server'): NatsServerOptions => ({
    config: `tls { cert_file: "${path(`${name}.pem`)}", key_file: "${path(`${name}.key`)}", ca_file: "${path('ca.pem')}", verify: true }`,
    probe: {
      tls: {
        ca: readFileSync(path('ca.pem'), 'utf8'),
        cert: readFileSync(path('client.pem'), 'utf8'),
        key: readFileSync(path('client.key'), 'utf8'),
        rejectUnauthorized: false,
      },
    },
  });

  beforeAll(() => {
    const openssl = (...args: string[]): void => {
      execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
    };
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=test CA',
      '-days',
      '2',
    );
    writeFileSync(path('server.ext'), 'subjectAltName=IP:127.0.0.1');
    writeFileSync(path('other.ext'), 'subjectAltName=DNS:localhost');
    writeFileSync(path('client.ext'), 'extendedKeyUsage=clientAuth');
    for (const name of ['server', 'other', 'client']) {
      openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
      const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        ...signer,
        '-out',
        `${name}.pem`,
        '-extfile',
        `${name}.ext`,
      );
    }
  });

  const trusting = () => ({
    tls_ca: path('ca.pem'),
    tls_cert: path('client.pem'),
    tls_key: path('client.key'),
  });

  it.each(['tls', 'nats'])('trusts the given authority and shows its own certificate: %s', async (scheme) => {
    const { port } = await serve(tls());
    const settings = { ...trusting(), url: `${scheme}://127.0.0.1:${port}` };
    expect(await reaches(settings)).toBe(`127.0.0.1:${port}`);
  });

  it('refuses a certificate that names another server than the one it asked for', async () => {
    const { port } = await serve(tls('other'));
    const failing = reaches({ ...trusting(), url: `tls://127.0.0.1:${port}` });
    await expect(failing).rejects.toThrow("IP: 127.0.0.1 is not in the cert's list");
  });

  it('refuses a server whose authority it does not know', async () => {
    const { port } = await serve(tls());
    await expect(reaches({ url: `tls://127.0.0.1:${port}` })).rejects.toThrow('TLS failed');
  });

  it('refuses a server that does not encrypt when the URL says tls', async () => {
    const { port } = await serve({});
    await expect(reaches({ url: `tls://127.0.0.1:${port}` })).rejects.toThrow(/tls/i);
  });
});
