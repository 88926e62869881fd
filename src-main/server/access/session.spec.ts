import { describe, expect, it } from 'vitest';
import { roleOfSession, roleOfToken, sessionCookie } from './session.ts';

const tokens = { token: 'sesame', readToken: 'peek' };

describe('roleOfToken', () => {
  it.each([
    ['sesame', 'operator'],
    ['peek', 'reader'],
    ['Sesame', null],
    ['sesam', null],
    ['', null],
  ] as const)('of "%s" is %s', (token, role) => expect(roleOfToken(token, tokens)).toBe(role));

  it('gives nobody a role where there are no tokens', () => {
    expect(roleOfToken('', { token: null, readToken: null })).toBeNull();
  });
});

describe('a session', () => {
  it.each(['operator', 'reader'] as const)('keeps the role %s until it expires', (role) => {
    const cookie = sessionCookie(role, 1000, tokens);
    expect(roleOfSession(cookie, 999, tokens)).toBe(role);
    expect(roleOfSession(cookie, 1000, tokens)).toBeNull();
  });

  it('ends when the token is changed', () => {
    const cookie = sessionCookie('operator', 1000, tokens);
    expect(roleOfSession(cookie, 0, { ...tokens, token: 'other' })).toBeNull();
    expect(roleOfSession(cookie, 0, { token: null, readToken: null })).toBeNull();
  });

  it('does not contain the token', () => {
    expect(sessionCookie('operator', 1000, tokens)).not.toContain('sesame');
  });

  it('cannot be raised, prolonged or made up', () => {
    const cookie = sessionCookie('reader', 1000, tokens);
    const signed = cookie.split('.')[2]!;
    for (const forged of [
      `operator.1000.${signed}`,
      `reader.9999999.${signed}`,
      `reader.NaN.${signed}`,
      `reader.1000.${signed}.x`,
      'reader.1000',
      'operator.1000.',
      '',
      '__proto__.1000.x',
    ]) {
      expect(roleOfSession(forged, 0, tokens)).toBeNull();
    }
  });
});
