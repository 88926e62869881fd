import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Channel } from '../../src-contract/channel.ts';
import { CHANNELS, type CallArgs, type CallName } from '../../src-contract/channels.ts';
import type { ContractClient } from '../../src-contract/client.ts';
import { inQuery, restSchema, type RestChannel } from './rest-schema.ts';

/** The channels that stand in REST, with their names. */
export function restChannels(): [CallName, RestChannel][] {
  const all = Object.entries(CHANNELS) as [string, Channel][];
  return all.filter((entry): entry is [CallName, RestChannel] => isRest(entry[1]));
}

/** One route for every channel with an HTTP binding; the arguments go to the engine as a call of that channel. */
export function restRoutes(app: FastifyInstance, client: ContractClient): void {
  const typed = app.withTypeProvider<TypeBoxTypeProvider>();
  for (const [name, channel] of restChannels()) {
    typed.route({
      method: channel.http.method,
      url: channel.http.path,
      schema: restSchema(channel, name),
      handler: (request) => client.call(name, argumentsOf(channel, request) as CallArgs<CallName>),
    });
  }
}

function isRest(channel: Channel): channel is RestChannel {
  return channel.kind !== 'feed' && channel.http !== undefined;
}

/** The channel's arguments and nothing else; those of the path come first. */
function argumentsOf(channel: RestChannel, { params, query, body }: FastifyRequest): Record<string, unknown> {
  const parts = [params, inQuery(channel) ? query : (body ?? {})] as Record<string, unknown>[];
  const found: Record<string, unknown> = {};
  for (const name of Object.keys(channel.args.properties)) {
    const part = parts.find((candidate) => Object.hasOwn(candidate, name));
    if (part !== undefined) found[name] = part[name];
  }
  return found;
}
