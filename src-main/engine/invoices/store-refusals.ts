import { ContractError } from '../../../src-contract/result.ts';

/**
 * Awaits what the store was asked. What it refuses because of how it was asked, a RangeError in clear words, becomes an
 * `invalid_argument` that names the field.
 */
export async function unlessRefused<T>(asked: Promise<T>, field: string): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RangeError) throw new ContractError('invalid_argument', error.message, { field });
    throw error;
  }
}
