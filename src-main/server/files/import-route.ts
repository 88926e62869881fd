import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { MAX_IMPORT_PART } from '../../../src-contract/frames.ts';
import { ImportReport } from '../../../src-contract/invoice.ts';
import { MAX_IMPORT_BYTES } from '../../engine/imports/open-imports.ts';
import { Problem, ProblemError } from '../problem.ts';
import type { ServerParts } from '../server-parts.ts';
import { textParts } from './text-parts.ts';

const schema = {
  summary:
    'Imports invoices from a CSV file, the body, into the active environment; with dry_run=true it says what that would change, and changes nothing',
  operationId: 'import.invoices',
  consumes: ['text/csv'],
  querystring: Type.Object(
    { dry_run: Type.Optional(Type.Boolean({ default: false })) },
    { additionalProperties: false },
  ),
  response: {
    200: {
      description: 'What was changed, or would be',
      content: { 'application/json': { schema: ImportReport } },
    },
    '4xx': {
      description: 'What was wrong, and what is accepted',
      content: { 'application/problem+json': { schema: Problem } },
    },
  },
};

/** `POST /api/import/invoices`: the body goes to the engine in parts, as it comes. */
export async function importRoute(
  app: FastifyInstance,
  parts: Pick<ServerParts, 'client' | 'log'>,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('text/csv', async (_request: unknown, body: IncomingMessage) => body);
    scope.addContentTypeParser('*', async () => {
      throw new ProblemError('unsupported_media_type', 'the body of an import is text/csv');
    });
    const typed = scope.withTypeProvider<TypeBoxTypeProvider>();
    typed.post('/api/import/invoices', { schema, bodyLimit: MAX_IMPORT_BYTES }, async ({ body, query }) => {
      if (body === undefined || body === null) {
        throw new ProblemError('invalid_argument', 'the body is missing: a CSV file, as text/csv');
      }
      return imported(parts, body as IncomingMessage, query.dry_run === true);
    });
  });
}

async function imported(
  { client, log }: Pick<ServerParts, 'client' | 'log'>,
  body: IncomingMessage,
  isDryRun: boolean,
): Promise<ImportReport> {
  const { id } = await client.call('import.begin', { name: 'a file over HTTP' });
  try {
    for await (const text of textParts(body, MAX_IMPORT_BYTES, MAX_IMPORT_PART)) {
      await client.call('import.part', { id, text });
    }
    return await client.call(isDryRun ? 'import.check' : 'import.apply', { id });
  } finally {
    await client
      .call('import.drop', { id })
      .catch((error: unknown) => log.warn('an import could not be ended', { error }));
  }
}
