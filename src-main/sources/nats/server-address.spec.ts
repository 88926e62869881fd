import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serverAddresses, shownAddress } from './server-address.ts';

const failure = (urls: string): string => {
  try {
    serverAddresses(urls);
  } catch (error) {
    return String(error);
  }
  return 'accepted';
};

describe('serverAddresses', () => {
  it.each([
    ['nats://broker.example:4333', 'broker.example', 4333, false],
    ['broker', 'broker', 4222, false],
    ['127.0.0.1:15222', '127.0.0.1', 15222, false],
    ['tls://broker', 'broker', 4222, true],
    ['nats://[::1]:4222', '::1', 4222, false],
  ])('reads %s', (url, host, port, tls) => {
    expect(serverAddresses(url)).toEqual([{ host, port, tls, credentials: null }]);
  });

  it('reads several servers, separated by commas', () => {
    const shown = serverAddresses(' nats://a:1, b:2 ,,tls://c ').map(shownAddress);
    expect(shown).toEqual(['a:1', 'b:2', 'c:4222']);
  });

  it('keeps user and password apart from what is shown', () => {
    const [address] = serverAddresses('nats://ann:p%40ss@broker:4222');
    expect(address?.credentials).toEqual({ user: 'ann', password: 'p@ss' });
    expect(shownAddress(address!)).toBe('broker:4222');
  });

  it('takes a lone user for a token: it has no password', () => {
    expect(serverAddresses('nats://t0ken@broker')[0]?.credentials).toEqual({ user: 't0ken', password: null });
  });

  it.each([
    ['', 'is empty'],
    [' , ', 'is empty'],
    ['ws://broker:4222', 'the scheme is nats or tls, not ws'],
    ['https://broker', 'the scheme is nats or tls, not https'],
    ['nats://broker:port', 'cannot be read; accepted is nats://host:4222'],
    ['nats://', 'cannot be read'],
    ['nats://ann:50%@broker', 'a % that is not followed by two hexadecimal digits'],
  ])('refuses %j and says why', (url, reason) => {
    expect(failure(url)).toContain(reason);
  });

  it('never quotes credentials when it refuses', () => {
    for (const url of [
      'ws://zoe:s3cret@broker',
      'nats://zoe:s3cret@broker:port',
      'nats://zoe:s3cret%@broker',
    ]) {
      expect(failure(url)).not.toMatch(/zoe|s3cret/);
    }
  });

  it('gives the same address again for what it shows', () => {
    const host = fc.oneof(
      fc.ipV4(),
      fc.domain(),
      fc.ipV6().map((address) => `[${address}]`),
    );
    fc.assert(
      fc.property(host, fc.integer({ min: 1, max: 65_535 }), (name, port) => {
        const [address] = serverAddresses(`nats://${name}:${port}`);
        expect(serverAddresses(shownAddress(address!))).toEqual([address]);
      }),
    );
  });
});
