import type { TObject } from 'typebox';
import { Compile } from 'typebox/compile';
import { CHANNELS, type CallName, type FeedName } from '../../src-contract/channels.ts';
import type { Channel } from '../../src-contract/channel.ts';
import { ContractError } from '../../src-contract/result.ts';
import { argumentRefusal, type SchemaError } from '../lib/argument-refusal.ts';

interface Check {
  Check(value: unknown): boolean;
  Errors(value: unknown): SchemaError[];
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

function checkAgainst(name: string, schema: TObject, value: unknown): void {
  let check = compiled.get(name);
  if (check === undefined) {
    check = Compile(schema);
    compiled.set(name, check);
  }
  if (check.Check(value)) return;
  const { field, message } = argumentRefusal(schema, check.Errors(value), 'the call');
  throw new ContractError('invalid_argument', message, { field });
}
