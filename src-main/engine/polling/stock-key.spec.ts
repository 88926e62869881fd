import { describe, expect, it } from 'vitest';
import { keyFor, originOf } from './stock-key.ts';

const sent = (address: string, origin: string) => keyFor(address, { key: 'k3y', origin });

describe('the API key', () => {
  it('is sent to the scheme, host and port it was entered for, whatever the path', () => {
    expect(sent('https://a.example/v2/prices?x=1', 'https://a.example')).toEqual({
      key: 'k3y',
      problem: null,
    });
  });

  it.each(['https://b.example/p', 'https://a.example:8443/p', 'http://a.example/p', 'https://x.a.example/p'])(
    'is not sent to %s, and that is said',
    (address) => {
      expect(sent(address, 'https://a.example')).toEqual({
        key: '',
        problem: `the API key is not sent to ${originOf(address)}: it was entered for https://a.example`,
      });
    },
  );

  it('that was entered before there was an address is sent to none', () => {
    expect(sent('https://a.example/p', '').problem).toMatch(/entered without an address$/);
  });

  it.each<[string, boolean]>([
    ['http://prices.example/p', true],
    ['http://192.168.0.7:4100/p', true],
    ['http://127.0.0.1:4100/p', false],
    ['http://localhost:4100/p', false],
    ['http://[::1]:4100/p', false],
    ['https://prices.example/p', false],
  ])('in plain text beyond this machine is a warning: %s', (address, warns) => {
    const { key, problem } = sent(address, originOf(address));
    expect([key, problem?.includes('unencrypted') ?? false]).toEqual(['k3y', warns]);
  });

  it('that is not there is no problem', () => {
    expect(keyFor('http://prices.example/p', { key: '', origin: '' })).toEqual({ key: '', problem: null });
  });
});
