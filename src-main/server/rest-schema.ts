import Type, { type TObject, type TProperties } from 'typebox';
import type { CommandChannel, HttpBinding, QueryChannel } from '../../src-contract/channel.ts';
import { Problem } from './problem.ts';

/** A query or command that stands in REST. */
export type RestChannel = (QueryChannel | CommandChannel) & { http: HttpBinding };

const problem = {
  description: 'What was wrong, and what is accepted',
  content: { 'application/problem+json': { schema: Problem } },
};

/** Where a channel's arguments stand in a request, each part with the schema that validates and documents it. */
export function restSchema({ args, http, result, summary }: RestChannel, operationId: string) {
  const inPath = [...http.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  const entries = Object.entries(args.properties);
  const path = entries.filter(([name]) => inPath.includes(name));
  const rest = entries.filter(([name]) => !inPath.includes(name));
  const restPart = http.method === 'GET' || http.method === 'DELETE' ? 'querystring' : 'body';
  return {
    summary,
    operationId,
    ...(path.length > 0 ? { params: objectOf(path) } : {}),
    ...(rest.length > 0 ? { [restPart]: objectOf(rest) } : {}),
    response: {
      200: { description: summary, content: { 'application/json': { schema: result } } },
      '4xx': problem,
      '5xx': problem,
    },
  };
}

function objectOf(entries: [string, unknown][]): TObject {
  return Type.Object(Object.fromEntries(entries) as TProperties);
}
