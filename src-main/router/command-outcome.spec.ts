import { expect, it } from 'vitest';
import { commandOutcome } from './command-outcome.ts';

it('a command that answered is done', () => {
  for (const value of [undefined, null, {}, { done: true }, { stored: 'x' }, []]) {
    expect(commandOutcome(value)).toBe('done');
  }
});

it('one about several things says how many of them became what, and when it was only tried', () => {
  expect(commandOutcome({ dry_run: false, stored: 2, repeated: 0, refused: 1 })).toBe(
    'done: 2 stored, 1 refused',
  );
  expect(commandOutcome({ dry_run: true, stored: 0, repeated: 3, refused: 0 })).toBe(
    'tried only: 3 repeated',
  );
});
