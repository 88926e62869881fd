import { describe, expect, it } from 'vitest';
import { failureCode, networkFailure } from './network-failure.ts';

const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('networkFailure', () => {
  it('says what a code means', () => {
    expect(networkFailure(coded('ECONNREFUSED'))).toBe('connection refused');
    expect(networkFailure(new Error('fetch failed', { cause: coded('ENOTFOUND') }))).toBe('host not found');
  });

  it('takes the last of several addresses for all of them', () => {
    const tried = new AggregateError([coded('ENETUNREACH'), coded('ECONNREFUSED')]);
    expect(networkFailure(tried)).toBe('connection refused');
  });

  it('tells TLS apart, with what it complained about', () => {
    expect(networkFailure(coded('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'))).toBe(
      'TLS failed: self-signed certificate',
    );
  });

  it('says the error itself when it knows no better', () => {
    expect(networkFailure(new Error('odd'))).toBe('odd');
    expect(networkFailure(coded('constructor', 'odd'))).toBe('odd');
    expect(failureCode('text')).toBeNull();
  });
});
