import type { Ledger } from '../../../src-contract/system.ts';

/** How far both sides of a ledger differ: received − (stored + repeated + rejected + waiting); 0 when it adds up. */
export function ledgerDifference({ received, stored, repeated, rejected, waiting }: Ledger): number {
  return received - (stored + repeated + rejected + waiting);
}
