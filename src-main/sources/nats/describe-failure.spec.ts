import {
  AuthorizationError,
  ConnectionError,
  PermissionViolationError,
  TimeoutError,
} from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import { describeFailure } from './describe-failure.ts';

function withCode(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

describe('describeFailure', () => {
  it.each([
    [withCode('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:4222'), 'connection refused'],
    [withCode('ENOTFOUND'), 'host not found'],
    [new ConnectionError('connection refused', { cause: withCode('ECONNREFUSED') }), 'connection refused'],
    [new TimeoutError(), 'the server does not answer'],
    [new AuthorizationError('Authorization Violation'), 'authorization failed: Authorization Violation'],
    [
      withCode('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'),
      'TLS failed: self-signed certificate',
    ],
    [new Error('something else'), 'something else'],
  ])('says %s as %s', (error, words) => {
    expect(describeFailure(error)).toBe(words);
  });

  it('names what is not permitted', () => {
    const error = new PermissionViolationError('Permissions Violation', 'subscription', 'dev.>', undefined);
    expect(describeFailure(error)).toContain('not permitted');
  });

  it('hides credentials in what it does not know', () => {
    const words = describeFailure(new Error('cannot open nats://ann:s3cret@broker:4222'));
    expect(words).not.toContain('s3cret');
  });
});
