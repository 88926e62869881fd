import { ContractError } from '../../../src-contract/result.ts';
import type { Handlers } from '../../router/handlers.ts';

type ImportCalls = 'import.begin' | 'import.part' | 'import.check' | 'import.apply' | 'import.drop';

/** Handlers of imports while there are none. */
export function noImportHandlers(): Pick<Handlers, ImportCalls> {
  const unavailable = (): never => {
    throw new ContractError('unavailable', 'imports cannot be had in this version');
  };
  return {
    'import.begin': unavailable,
    'import.part': unavailable,
    'import.check': unavailable,
    'import.apply': unavailable,
    'import.drop': unavailable,
  };
}
