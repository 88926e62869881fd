import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { CHANNELS, type CallName, type FeedName } from '../../src-contract/channels.ts';
import type { Channel } from '../../src-contract/channel.ts';
import { ContractError } from '../../src-contract/result.ts';

interface Check {
  Check(value: unknown): boolean;
  Errors(value: unknown): { instancePath: string; message: string; params: object; keyword: string }[];
}

const TABLE = new Map<unknown, Channel>(Object.entries(CHANNELS));
const compiled = new Map<string, Check>();

/** Checks the arguments of a call; throws a ContractError naming the field. */
export function checkCall(name: string, args: unknown): { name: CallName; command: boolean } {
  const channel = TABLE.get(name);
  if (channel === undefined || channel.kind === 'feed') {
    throw new ContractError('not_found', `there is no query or command ${JSON.stringify(name)}`);
  }
  checkAgainst(name, channel.args, args);
  return { name: name as CallName, command: channel.kind === 'command' };
}

/** Checks the parameters of a feed; throws a ContractError naming the field. */
export function checkFeed(name: string, params: unknown): FeedName {
  const channel = TABLE.get(name);
  if (channel?.kind !== 'feed') {
    throw new ContractError('not_found', `there is no feed ${JSON.stringify(name)}`);
  }
  checkAgainst(name, channel.params, params);
  return name as FeedName;
}

function checkAgainst(name: string, schema: TSchema, value: unknown): void {
  let check = compiled.get(name);
  if (check === undefined) {
    check = Compile(schema);
    compiled.set(name, check);
  }
  if (check.Check(value)) return;
  const [first] = check.Errors(value);
  const missing = first?.keyword === 'required' ? Object.values(first.params).flat().join(', ') : '';
  const field = `${first?.instancePath ?? ''}${missing === '' ? '' : `/${missing}`}`;
  const words = missing === '' ? (first?.message ?? 'is not accepted') : 'is missing';
  throw new ContractError('invalid_argument', `${field === '' ? 'the arguments' : field} ${words}`, {
    field,
  });
}
