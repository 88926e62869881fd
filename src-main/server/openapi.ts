import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

const DESCRIPTION = `What scripts and other programs can ask of PulseDesk.

Errors are problem+json (RFC 9457) with a stable \`code\`. Times are ISO 8601 in UTC, money is exact text with a
currency. Lists page with \`limit\` and \`cursor\`. The address \`/ws\` takes WebSockets that speak the same channels as
the screens: calls, and feeds of a snapshot followed by patches. The address \`/ws/events\` takes WebSockets that bring
analytics events: a frame \`{"event":"new_event","payload":{…},"ref":1}\` is answered \`{"ref":1,"ok":true}\` when its
event is durable, or \`{"ref":1,"ok":false,"code":"…","message":"…"}\`, with \`retry_after_ms\` where the code is \`busy\`.`;

/** Collects the routes declared after it into an OpenAPI 3.1 document, and serves that at /openapi.json. */
export async function openapi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'PulseDesk', version, description: DESCRIPTION, license: { name: 'MIT' } },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'Needed where a token was configured' },
        },
      },
      security: [{}, { token: [] }],
    },
    refResolver: { buildLocalReference: (schema, _base, _fragment, index) => nameOf(schema, index) },
  });
  let document: unknown;
  app.get('/openapi.json', { schema: { summary: 'This document', operationId: 'openapi' } }, () => {
    document ??= app.swagger();
    return document;
  });
}

function nameOf(schema: { $id?: unknown }, index: number): string {
  return typeof schema.$id === 'string' ? schema.$id : `schema-${index}`;
}
