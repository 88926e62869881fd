import type { Sharing, SharingRole } from '../../../src-contract/polling.ts';

const ROLES: Readonly<Record<SharingRole, string>> = {
  alone: 'Not shared',
  leader: 'Leader',
  follower: 'Follower',
  candidate: 'No leader yet',
  off: 'Wanted, but off',
};

/** How the polling is shared: the role of this instance, with what the engine says of it. */
export function sharingWords({ role, detail }: Pick<Sharing, 'role' | 'detail'>): string {
  return detail === '' ? ROLES[role] : `${ROLES[role]}: ${detail}`;
}
