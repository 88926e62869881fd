import { ContractError } from '../../../src-contract/result.ts';
import { CursorError } from '../../store/cursor-error.ts';

/**
 * Awaits what the store was asked. What it refuses because of how it was asked, a RangeError or CursorError in clear
 * words, becomes an `invalid_argument` that names the field.
 */
export async function unlessRefused<T>(asked: Promise<T>, field: string): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof CursorError) {
      throw new ContractError('invalid_argument', error.message, { field: '/cursor' });
    }
    if (error instanceof RangeError) throw new ContractError('invalid_argument', error.message, { field });
    throw error;
  }
}
