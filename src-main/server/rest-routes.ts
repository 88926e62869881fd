import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Channel } from '../../src-contract/channel.ts';
import { CHANNELS, type CallName } from '../../src-contract/channels.ts';
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
      handler: async (request, reply) => {
        const answer = await client.call(name, argumentsOf(channel, request));
        return withoutHeaders(channel, answer, reply);
      },
    });
  }
}

function isRest(channel: Channel): channel is RestChannel {
  return channel.kind !== 'feed' && channel.http !== undefined;
}

/** The body of an answer: those of its fields that HTTP carries as headers are set as such, and left out. */
function withoutHeaders(
  { http: { headers = {} } }: RestChannel,
  answer: object,
  reply: FastifyReply,
): object {
  const lifted = Object.entries(headers);
  if (lifted.length === 0) return answer;
  const fields = new Map(Object.entries(answer) as [string, unknown][]);
  for (const [header, field] of lifted) {
    reply.header(header, String(fields.get(field)));
    fields.delete(field);
  }
  return Object.fromEntries(fields);
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
