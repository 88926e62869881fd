import type { CallArgs } from '../../../../src-contract/channels.ts';

const STATES = ['open', 'redriven', 'all'] as const;

/** Which rejects are listed; an empty text leaves a part out. Kept in the address. */
export interface RejectFilter {
  state: (typeof STATES)[number];
  source: string;
  subject: string;
  q: string;
}

const TEXTS = ['source', 'subject', 'q'] as const;
/** The longest texts that the channel takes. */
const LONGEST: Record<(typeof TEXTS)[number], number> = { source: 64, subject: 256, q: 200 };

/** States to choose from. */
export const STATE_CHOICES = [
  { value: 'open', label: 'Open' },
  { value: 'redriven', label: 'Redriven' },
  { value: 'all', label: 'All' },
] as const;

/** The filter of an address; what it does not understand is left out. */
export function filterOf(query: string): RejectFilter {
  const params = new URLSearchParams(query);
  const asked = params.get('state');
  const text = (name: (typeof TEXTS)[number]) => (params.get(name) ?? '').slice(0, LONGEST[name]);
  return {
    state: STATES.find((state) => state === asked) ?? 'open',
    source: text('source'),
    subject: text('subject'),
    q: text('q'),
  };
}

/** Writes it as the query of an address; empty for all that are open. */
export function queryOfFilter(filter: RejectFilter): string {
  const params = new URLSearchParams();
  if (filter.state !== 'open') params.set('state', filter.state);
  for (const name of TEXTS) if (filter[name].trim() !== '') params.set(name, filter[name]);
  const query = params.toString();
  return query === '' ? '' : `?${query}`;
}

/** What the channel is asked for a filter. */
export function argsOfFilter(
  filter: RejectFilter,
): Pick<CallArgs<'rejects.list'>, 'state' | 'source' | 'subject' | 'q'> {
  const texts = TEXTS.map((name) => [name, filter[name].trim().slice(0, LONGEST[name])] as const);
  return { state: filter.state, ...Object.fromEntries(texts.filter(([, text]) => text !== '')) };
}

/** Whether a filter leaves out any reject that is open. */
export function narrows(filter: RejectFilter): boolean {
  return filter.state === 'redriven' || TEXTS.some((name) => filter[name].trim() !== '');
}
