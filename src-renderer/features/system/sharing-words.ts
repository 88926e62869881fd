import type { Sharing } from '../../../src-contract/polling.ts';
import { formatCounted } from '../../ui/number-format.ts';

/** How the polling is shared, in a sentence, with what the engine says of it. */
export function sharingWords({ role, leader, instances, detail }: Sharing): string {
  const words = {
    alone: 'This instance polls for itself',
    leader: `This instance polls for ${formatCounted(instances, 'instance')}`,
    follower: `${leader ?? 'Another instance'} polls for ${formatCounted(instances, 'instance')}`,
    candidate: 'Nobody polls yet: this instance asks for the lease',
    off: 'Wanted, but off',
  }[role];
  return detail === '' ? words : `${words}: ${detail}`;
}
