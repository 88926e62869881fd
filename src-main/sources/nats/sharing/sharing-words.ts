import type { Sharing } from '../../../../src-contract/polling.ts';
import type { PollReadiness } from './price-sharing.ts';

/** What of sharing is put into words. */
export interface SharingFacts {
  readonly instanceId: string;
  readonly held: boolean;
  /** What is written under the lease's key as far as is known: instance id, a blank, and what tells starts apart. */
  readonly holder: string | null;
  readonly readiness: PollReadiness;
  /** Instances that are there, this one included. */
  readonly instances: number;
  /** Why instances cannot agree at the moment; null: they can. */
  readonly trouble: string | null;
  /** Whether this instance polls for itself because of that. */
  readonly alone: boolean;
  /** Prices that did not reach the others, and why the latest did not. */
  readonly lost: number;
  readonly lostReason: string;
}

const CANDIDATE: Readonly<Record<PollReadiness, string>> = {
  ready: 'nobody polls yet',
  probing: 'nobody polls: first come those whose circuit breaker is closed',
  unable: 'nobody polls: this instance cannot',
};
/** An instance id of somebody else is shown up to this length. */
const MAX_ID_LENGTH = 64;

/** The facts as feeds and screens show them. */
export function sharingOf(facts: SharingFacts): Sharing {
  const { role, leader, detail } = standing(facts);
  const instances = facts.trouble === null ? facts.instances : 1;
  const lost = facts.lost === 0 ? '' : `; ${facts.lost} prices were not published: ${facts.lostReason}`;
  return { role, leader, instances, detail: `${detail}${lost}` };
}

function standing(facts: SharingFacts): Pick<Sharing, 'role' | 'leader' | 'detail'> {
  const { instanceId, held, holder, readiness, trouble, alone } = facts;
  if (held) return { role: 'leader', leader: instanceId, detail: trouble ?? pollsFor(facts.instances) };
  if (trouble !== null && alone)
    return { role: 'off', leader: null, detail: `${trouble}; this instance polls for itself` };
  if (trouble !== null) return { role: 'candidate', leader: null, detail: trouble };
  const leader = holder?.split(' ', 1)[0]?.slice(0, MAX_ID_LENGTH) ?? null;
  if (leader !== null) return { role: 'follower', leader, detail: `instance ${leader} polls` };
  return { role: 'candidate', leader: null, detail: CANDIDATE[readiness] };
}

function pollsFor(instances: number): string {
  return instances === 1 ? 'polls; no other instance is there' : `polls for ${instances} instances`;
}
