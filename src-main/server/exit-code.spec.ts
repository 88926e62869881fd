import { describe, expect, it } from 'vitest';
import { EngineRefusedError } from '../engine/engine-refused-error.ts';
import { OptionError } from '../options/option-error.ts';
import { DataFolderLockedError } from '../store/data-folder-lock.ts';
import { FutureDatabaseError } from '../store/future-database-error.ts';
import { exitCodeOf } from './exit-code.ts';

describe('exitCodeOf', () => {
  it.each([
    [new OptionError('x'), 2],
    [new DataFolderLockedError('/data', 7), 3],
    [FutureDatabaseError.of('/data/pulsedesk.db', 9, 1), 4],
    [new EngineRefusedError('FutureDatabaseError', 'from the engine thread'), 4],
    [new EngineRefusedError('toString', 'x'), 1],
    [new Error('anything else'), 1],
    ['not an error', 1],
  ])('of %s is %i', (error, code) => expect(exitCodeOf(error)).toBe(code));
});
