import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { ContractError, ERROR_STATUS, Failure, failureOf } from './result.ts';

describe('a failure', () => {
  it('is an error on one side, data in between, and says the same', () => {
    const error = new ContractError('invalid_argument', '/limit must be <= 1000', { field: '/limit' });
    const failure = failureOf(error);
    expect(failure).toEqual({
      code: 'invalid_argument',
      message: '/limit must be <= 1000',
      details: { field: '/limit' },
    });
    expect(Check(Failure, failure)).toBe(true);
    expect(structuredClone(failure)).toEqual(failure);
  });

  it('has no empty details', () => {
    expect(failureOf(new ContractError('conflict', 'no'))).toEqual({ code: 'conflict', message: 'no' });
  });

  it('is internal for whatever else was thrown', () => {
    expect(failureOf(new TypeError('boom'))).toEqual({ code: 'internal', message: 'boom' });
    expect(failureOf('text')).toEqual({ code: 'internal', message: 'text' });
    expect(failureOf(undefined)).toEqual({ code: 'internal', message: 'undefined' });
  });

  it('has a code of the closed list, each with its HTTP status', () => {
    expect(Check(Failure, { code: 'odd', message: '' })).toBe(false);
    for (const status of Object.values(ERROR_STATUS)) expect(status).toBeGreaterThanOrEqual(400);
  });
});
