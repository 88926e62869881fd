import { describe, expect, it } from 'vitest';
import { CursorError } from './cursor-error.ts';
import { FutureDatabaseError } from './future-database-error.ts';
import { StoreFailure } from './store-failure.ts';
import { errorData, errorOf } from './wire-error.ts';

describe('errors between threads', () => {
  it.each([
    new StoreFailure('disk_full', 'disk full'),
    new CursorError('no cursor'),
    FutureDatabaseError.of('/x.db', 9, 4),
    new RangeError('out of range'),
    new Error('anything'),
  ])('keep class, code and words: $name', (error) => {
    const again = errorOf(structuredClone(errorData(error)));
    expect(again).toBeInstanceOf(error.constructor);
    expect(again.message).toBe(error.message);
    expect(again.stack).toBe(error.stack);
    expect('code' in again ? again.code : null).toBe('code' in error ? error.code : null);
  });

  it('say something whatever was thrown', () => {
    expect(errorOf(errorData('just words')).message).toBe('just words');
    expect(errorOf(errorData(null)).message).toBe('null');
  });
});
