import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type NatsSettings } from '../../../src-contract/settings.ts';
import { natsOptions } from './nats-options.ts';

function options(settings: Partial<NatsSettings>, secret = '') {
  return natsOptions({ ...DEFAULT_SETTINGS.nats, url: 'nats://broker:4222', ...settings }, secret);
}

describe('natsOptions', () => {
  it('needs nothing but a server', () => {
    expect(options({})).toEqual({
      servers: [{ host: 'broker', port: 4222, tls: false, credentials: null }],
      auth: { kind: 'none' },
      tls: { caFile: null, certFile: null, keyFile: null },
    });
  });

  it.each([
    [{ auth: 'user', user: 'ann' }, 'pw', { kind: 'user', user: 'ann', password: 'pw' }],
    [{ auth: 'user', user: 'ann' }, '', { kind: 'user', user: 'ann', password: '' }],
    [{ auth: 'token' }, 't0ken', { kind: 'token', token: 't0ken' }],
    [{ auth: 'creds', file: 'a.creds' }, '', { kind: 'creds', file: 'a.creds' }],
    [{ auth: 'nkey', file: 'a.nk' }, '', { kind: 'nkey', file: 'a.nk' }],
  ] as const)('identifies by %j', (settings, secret, auth) => {
    expect(options(settings, secret).auth).toEqual(auth);
  });

  it('takes user and password, or a token, from the URL where the settings name none', () => {
    expect(options({ url: 'nats://ann:pw@broker' }).auth).toEqual({
      kind: 'user',
      user: 'ann',
      password: 'pw',
    });
    expect(options({ url: 'nats://t0ken@broker' }).auth).toEqual({ kind: 'token', token: 't0ken' });
  });

  it('prefers the settings to the URL', () => {
    expect(options({ url: 'nats://ann:pw@broker', auth: 'token' }, 't0ken').auth.kind).toBe('token');
  });

  it.each([
    [{ auth: 'user' }, 'the user is missing'],
    [{ auth: 'token' }, 'the token is missing'],
    [{ auth: 'creds' }, 'the creds file is missing'],
    [{ auth: 'nkey' }, 'the NKey seed file is missing'],
    [{ tls_cert: 'cert.pem' }, 'a certificate and its key are given together'],
    [{ tls_key: 'key.pem' }, 'a certificate and its key are given together'],
    [{ url: '' }, 'NATS URL: is empty'],
  ] as const)('refuses %j and names the field', (settings, reason) => {
    expect(() => options(settings)).toThrow(reason);
  });

  it('keeps the paths of TLS files', () => {
    const { tls } = options({ tls_ca: 'ca.pem', tls_cert: 'cert.pem', tls_key: 'key.pem' });
    expect(tls).toEqual({ caFile: 'ca.pem', certFile: 'cert.pem', keyFile: 'key.pem' });
  });
});
