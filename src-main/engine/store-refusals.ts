import { ContractError } from '../../src-contract/result.ts';
import type { Handlers } from '../router/handlers.ts';
import { CursorError } from '../store/cursor-error.ts';
import { StoreFailure, type StoreFailureCode } from '../store/store-failure.ts';

/** What heals without a new version of the app: the same call may be answered later. */
const PASSING: readonly StoreFailureCode[] = ['disk_full', 'io', 'corrupt', 'busy', 'closed', 'overloaded'];

/**
 * The same handlers, in which what the store refuses is a ContractError: a cursor that no page gave is an
 * `invalid_argument`, a store that does not work is `unavailable` with its words.
 */
export function withStoreRefusals(handlers: Handlers): Handlers {
  const refusing = Object.entries(handlers).map(([name, handler]) => {
    const handle = handler as (args: unknown, caller: unknown) => unknown;
    return [
      name,
      async (args: unknown, caller: unknown): Promise<unknown> => {
        try {
          return await handle(args, caller);
        } catch (error) {
          throw refusalOf(error);
        }
      },
    ];
  });
  return Object.fromEntries(refusing) as Handlers;
}

/** What a caller is told of an error; whatever is no refusal of the store stays as it is. */
function refusalOf(error: unknown): unknown {
  if (error instanceof CursorError)
    return new ContractError('invalid_argument', error.message, { field: '/cursor' });
  if (error instanceof StoreFailure && PASSING.includes(error.code))
    return new ContractError('unavailable', error.message);
  return error;
}
