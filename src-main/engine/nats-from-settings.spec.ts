import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type NatsSettings } from '../../src-contract/settings.ts';
import { natsFromSettings } from './nats-from-settings.ts';

const target = (nats: Partial<NatsSettings>, secret = 'hush') =>
  natsFromSettings(
    { ...DEFAULT_SETTINGS, nats: { ...DEFAULT_SETTINGS.nats, url: 'nats://host:4222', ...nats } },
    secret,
  );

describe('natsFromSettings', () => {
  it('is nothing without an address', () => {
    expect(target({ url: '' })).toBeNull();
  });

  it.each([
    [{ auth: 'none' }, {}],
    [
      { auth: 'user', user: 'me' },
      { user: 'me', password: 'hush' },
    ],
    [{ auth: 'token' }, { token: 'hush' }],
    [{ auth: 'creds', file: '/a.creds' }, { credsFile: '/a.creds' }],
    [{ auth: 'nkey', file: '/a.nk' }, { nkeyFile: '/a.nk' }],
  ] as const)('takes for %j only what that way of signing in needs', (nats, credentials) => {
    expect(target(nats)).toEqual({ url: 'nats://host:4222', ensureStream: false, ...credentials });
  });

  it('names the TLS files that are set', () => {
    expect(target({ tls_ca: '/ca', tls_key: '/key' })?.tls).toEqual({ ca: '/ca', key: '/key' });
  });
});
