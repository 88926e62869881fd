import Type, { type TObject, type TObjectOptions, type TProperties } from 'typebox';
import type { CommandChannel, HttpBinding, QueryChannel } from '../../src-contract/channel.ts';
import { Problem } from './problem.ts';

/** A query or command that stands in REST. */
export type RestChannel = (QueryChannel | CommandChannel) & { http: HttpBinding };

const CLOSED: TObjectOptions = { additionalProperties: false };

const problem = {
  description: 'What was wrong, and what is accepted',
  content: { 'application/problem+json': { schema: Problem } },
};

/** Whether a channel's arguments, but for those of its path, stand in the query string; else they are the body. */
export function inQuery({ http: { method } }: RestChannel): boolean {
  return method === 'GET' || method === 'DELETE';
}

/**
 * Where a channel's arguments stand in a request, each part with the schema that validates and documents it. No field is
 * taken that the channel does not know: a mistyped one would be passed over, and another thing done than was meant.
 */
export function restSchema(channel: RestChannel, operationId: string) {
  const { args, http, summary } = channel;
  const names = [...http.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  const entries = Object.entries(args.properties);
  const path = entries.filter(([name]) => names.includes(name));
  const rest = entries.filter(([name]) => !names.includes(name));
  return {
    summary,
    operationId,
    ...(path.length > 0 ? { params: objectOf(path) } : {}),
    ...(http.method === 'GET' ? { querystring: objectOf(rest, CLOSED) } : writtenParts(channel, rest)),
    response: {
      200: { description: summary, ...answerParts(channel) },
      '4xx': problem,
      '5xx': problem,
    },
  };
}

/** The answer's body, and its headers: fields of the result that the body leaves out. */
function answerParts({ http: { headers = {} }, result }: RestChannel) {
  const lifted = Object.entries(headers);
  if (lifted.length === 0) return { content: { 'application/json': { schema: result } } };
  const { properties } = result as TObject;
  const fields = new Set(lifted.map(([, field]) => field));
  const kept = Object.entries(properties).filter(([name]) => !fields.has(name));
  return {
    headers: Object.fromEntries(lifted.map(([header, field]) => [header, properties[field]])),
    content: { 'application/json': { schema: objectOf(kept) } },
  };
}

function writtenParts(channel: RestChannel, rest: [string, unknown][]): Record<string, TObject> {
  if (inQuery(channel)) return { querystring: objectOf(rest, CLOSED) };
  const open = 'additionalProperties' in channel.args && channel.args.additionalProperties === true;
  return { querystring: objectOf([], CLOSED), body: objectOf(rest, open ? {} : CLOSED) };
}

function objectOf(entries: [string, unknown][], options: TObjectOptions = {}): TObject {
  return Type.Object(Object.fromEntries(entries) as TProperties, options);
}
