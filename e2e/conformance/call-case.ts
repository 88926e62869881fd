import type { CallArgs, CallName } from '../../src-contract/channels.ts';

/** Arguments no channel takes: they are no object at all. */
export const NO_OBJECT = { args: 'text', field: '' };

/** What a query or command is tried with. */
export interface CallCase<N extends CallName> {
  /** Arguments that are answered. `slug` is a portfolio that is shared. */
  good(slug: string): CallArgs<N>[];
  /** Arguments that are refused, each with the field that is named. */
  bad: { args: unknown; field: string }[];
  /** Switched to before, where the channel works only there; the others run in `dev`. */
  env?: string;
}

/** Pages no list has. */
export const wrongPage = [
  { args: { limit: 0 }, field: '/limit' },
  { args: { limit: 1001 }, field: '/limit' },
  { args: { limit: '10' }, field: '/limit' },
  { args: { cursor: 7 }, field: '/cursor' },
];
/** A cursor that no page gave, of lists that are read page by page from the store. */
export const wrongCursor = { args: { cursor: 'nowhere' }, field: '/cursor' };
/** What names no environment. */
export const wrongEnv = { args: { env: 'Not One' }, field: '/env' };
