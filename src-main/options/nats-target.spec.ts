import { describe, expect, it } from 'vitest';
import { natsTarget } from './nats-target.ts';
import { readOptions, type Variables } from './read-options.ts';

type Kept = Parameters<typeof natsTarget>[2];

function target(line: string, variables: Variables = {}, kept: Kept = {}) {
  const argv = line === '' ? [] : line.split(' ');
  const given = readOptions(argv, variables, () => false);
  return natsTarget(given, variables, kept);
}

const plain = { url: 'nats://a:4222', ensureStream: false };

describe('natsTarget', () => {
  it('is nothing without an address, whatever credentials there are', () => {
    expect(target('--nats-user u')).toBeNull();
    expect(target('', { NATS_PORT: '4222' })).toBeNull();
  });

  it.each([
    ['a', 'nats://a:4222'],
    ['a:4333', 'nats://a:4333'],
    ['tls://a', 'tls://a:4222'],
    ['nats://a:1,nats://b:2', 'nats://a:1,nats://b:2'],
    ['nats://[::1]:4222', 'nats://[::1]:4222'],
  ])('reads the address %s as %s', (text, url) => {
    expect(target(`--nats ${text}`)?.url).toBe(url);
  });

  it('puts the address together from host and port when there is no URL', () => {
    expect(target('', { NATS_HOST: 'a', NATS_PORT: '4333' })?.url).toBe('nats://a:4333');
    expect(target('', { NATS_HOST: 'a', NATS_URL: 'b' })?.url).toBe('nats://b:4222');
  });

  it('takes user info out of the address', () => {
    expect(target('--nats nats://u:p%40@a')).toEqual({ ...plain, user: 'u', password: 'p@' });
    expect(target('--nats nats://tok%@a')).toEqual({ ...plain, token: 'tok%' });
  });

  it('prefers credentials of their own over those in the address', () => {
    expect(target('--nats nats://u:p@a --nats-token t')).toEqual({ ...plain, token: 't' });
  });

  it('takes the method of the option over that of the variable', () => {
    expect(target('--nats a --nats-token t', { NATS_USER: 'u' })).toEqual({ ...plain, token: 't' });
  });

  it('joins a user by option with a password by variable', () => {
    const joined = target('--nats a --nats-user u', { NATS_PASSWORD: 'p' });
    expect(joined).toEqual({ ...plain, user: 'u', password: 'p' });
  });

  it('takes files by path', () => {
    expect(target('--nats a --nats-creds /c')).toEqual({ ...plain, credsFile: '/c' });
    expect(target('--nats a --nats-nkey /n')).toEqual({ ...plain, nkeyFile: '/n' });
    expect(target('--nats a --nats-tls-ca /x --nats-tls-cert /y --nats-tls-key /z')?.tls).toEqual({
      ca: '/x',
      cert: '/y',
      key: '/z',
    });
  });

  it.each([
    [{ auth: 'none', user: 'u', secret: 's' }, {}],
    [
      { auth: 'user', user: 'u', secret: 's' },
      { user: 'u', password: 's' },
    ],
    [{ auth: 'token', secret: 's' }, { token: 's' }],
    [{ auth: 'creds', file: '/f' }, { credsFile: '/f' }],
    [{ auth: 'nkey', file: '/f' }, { nkeyFile: '/f' }],
  ] as const)('uses the settings %o', (kept, credentials) => {
    expect(target('', {}, { ...kept, url: 'a' })).toEqual({ ...plain, ...credentials });
  });

  it('lets --no-nats win over settings and variables', () => {
    expect(target('--no-nats', { NATS_URL: 'a' }, { url: 'b' })).toBeNull();
  });

  it('says what to do when the kept address cannot be read', () => {
    expect(() => target('', {}, { url: 'http://x' })).toThrow(/settings of this data folder/);
  });

  it('makes the stream only when told so', () => {
    expect(target('--nats a --ensure-stream')?.ensureStream).toBe(true);
  });

  it('leaves a sealed secret to the engine, unless another way of signing in was given', () => {
    const kept = { url: 'nats://a:4222', auth: 'user', user: 'me', secret: '', sealed: 'x' } as const;
    expect(target('', {}, kept)).toEqual({ ...plain, user: 'me', keptSecret: 'password' });
    expect(target('', {}, { ...kept, auth: 'token' })).toEqual({ ...plain, keptSecret: 'token' });
    expect(target('--nats-user you', {}, kept)).toEqual({ ...plain, user: 'you', keptSecret: 'password' });
    expect(target('--nats-user you --nats-password p', {}, kept)).toEqual({
      ...plain,
      user: 'you',
      password: 'p',
    });
    expect(target('--nats-token t', {}, kept)).toEqual({ ...plain, token: 't' });
    expect(target('', {}, { ...kept, auth: 'none' })).toEqual(plain);
  });
});
