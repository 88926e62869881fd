import { describe, expect, it } from 'vitest';
import { ContractError } from '../../src-contract/result.ts';
import { DEFAULT_SETTINGS, type NatsSettings } from '../../src-contract/settings.ts';
import { checkNats } from './nats-check.ts';

function fieldOf(nats: Partial<NatsSettings>, secret = ''): string | undefined {
  try {
    checkNats({ nats: { ...DEFAULT_SETTINGS.nats, ...nats } }, secret);
    return 'accepted';
  } catch (error) {
    return error instanceof ContractError ? error.details?.field : 'no ContractError';
  }
}

describe('NATS settings', () => {
  it('are accepted when NATS can be tried with them, and when there is no address at all', () => {
    expect(fieldOf({ url: '', auth: 'creds' })).toBe('accepted');
    expect(fieldOf({ url: 'nats://10.0.0.1:4222, tls://two.example' })).toBe('accepted');
    expect(fieldOf({ url: 'localhost', auth: 'user', user: 'ann' }, 'secret')).toBe('accepted');
  });

  it.each([
    [{ url: 'gopher://x' }, '/nats/url'],
    [{ url: 'nats://' }, '/nats/url'],
    [{ url: 'nats://ann:secret@host' }, '/nats/url'],
    [{ url: 'host', auth: 'user' as const }, '/nats/user'],
    [{ url: 'host', auth: 'token' as const }, '/nats/secret'],
    [{ url: 'host', auth: 'creds' as const }, '/nats/file'],
    [{ url: 'host', auth: 'nkey' as const }, '/nats/file'],
    [{ url: 'host', tls_cert: 'only.pem' }, '/nats/tls_cert'],
  ])('%j are refused at %s', (nats, field) => {
    expect(fieldOf(nats)).toBe(field);
  });

  it('never quote a password', () => {
    const nats = { ...DEFAULT_SETTINGS.nats, url: 'nats://ann:hunter2@host' };
    expect(() => checkNats({ nats }, '')).toThrow(/^(?!.*hunter2)/);
  });
});
