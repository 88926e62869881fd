import { describe, expect, it } from 'vitest';
import { isTrustedHost, isTrustedOrigin } from './trusted-origin.ts';

const loopback = { host: '127.0.0.1', allowedHosts: [] };
const named = { host: '127.0.0.1', allowedHosts: ['desk.example', '10.0.0.9'] };
const everywhere = { host: '0.0.0.0', allowedHosts: [] };

describe('isTrustedHost', () => {
  it.each(['127.0.0.1:4000', 'localhost:4000', 'LOCALHOST', '127.9.9.9', '[::1]:4000', '[::1]'])(
    'trusts loopback as %s',
    (header) => expect(isTrustedHost(header, loopback, '127.0.0.1')).toBe(true),
  );

  it.each([
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost@evil.example',
    '10.0.0.9',
    '0.0.0.0',
    '',
    'a b',
    '127.0.0.1:4000:1',
    undefined,
  ])('does not trust %s', (header) => expect(isTrustedHost(header, loopback, '127.0.0.1')).toBe(false));

  it('trusts the names that were allowed, with any port', () => {
    expect(isTrustedHost('Desk.Example:443', named, undefined)).toBe(true);
    expect(isTrustedHost('10.0.0.9', named, undefined)).toBe(true);
    expect(isTrustedHost('www.desk.example', named, undefined)).toBe(false);
  });

  it('trusts the host it listens on', () => {
    expect(isTrustedHost('10.1.1.1:4000', { host: '10.1.1.1', allowedHosts: [] }, undefined)).toBe(true);
  });

  it('trusts the address a connection came in on only where it listens on all of them', () => {
    expect(isTrustedHost('10.1.1.1:4000', everywhere, '10.1.1.1')).toBe(true);
    expect(isTrustedHost('10.1.1.1:4000', everywhere, '::ffff:10.1.1.1')).toBe(true);
    expect(isTrustedHost('10.1.1.2:4000', everywhere, '10.1.1.1')).toBe(false);
    expect(isTrustedHost('evil.example', everywhere, '10.1.1.1')).toBe(false);
    expect(isTrustedHost('10.1.1.1:4000', loopback, '10.1.1.1')).toBe(false);
  });
});

describe('isTrustedOrigin', () => {
  it.each([
    [undefined, '127.0.0.1:4000'],
    ['http://127.0.0.1:4000', '127.0.0.1:4000'],
    ['http://localhost:4000', 'LocalHost:4000'],
    ['https://desk.example', 'desk.example'],
    ['https://desk.example', 'desk.example:443'],
    ['http://desk.example', 'desk.example:80'],
    ['https://desk.example', '127.0.0.1:4000'],
  ])('trusts %s at %s', (origin, host) => expect(isTrustedOrigin(origin, host, named)).toBe(true));

  it.each([
    ['http://evil.example', '127.0.0.1:4000'],
    ['http://localhost:3000', 'localhost:4000'],
    ['http://127.0.0.1:4000', 'localhost:4000'],
    ['null', '127.0.0.1:4000'],
    ['', '127.0.0.1:4000'],
    ['file://127.0.0.1:4000', '127.0.0.1:4000'],
    ['http://desk.example.evil.example', '127.0.0.1:4000'],
    ['http://evil.example', undefined],
  ])('does not trust %s at %s', (origin, host) => expect(isTrustedOrigin(origin, host, named)).toBe(false));
});
