import { open } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { EXPORT_FORMATS } from '../../../src-contract/job.ts';
import { exportFile } from '../../engine/jobs/job-files.ts';
import { Problem, ProblemError } from '../problem.ts';
import type { ServerParts } from '../server-parts.ts';
import { fileHeaders } from './file-headers.ts';

const schema = {
  summary: 'The file that a job made, while the job is listed',
  operationId: 'job.file',
  params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 32 }) }),
  response: {
    200: { description: 'The file', content: { 'application/octet-stream': { schema: Type.String() } } },
    '4xx': {
      description: 'What was wrong, and what is accepted',
      content: { 'application/problem+json': { schema: Problem } },
    },
  },
};

/** `/api/jobs/:id/file`. */
export function jobFileRoute(
  app: FastifyInstance,
  { client, dataFolder }: Pick<ServerParts, 'client' | 'dataFolder'>,
): void {
  const options = { schema, exposeHeadRoute: false };
  app.get<{ Params: { id: string } }>('/api/jobs/:id/file', options, async ({ params: { id } }, reply) => {
    const { items } = await client.call('jobs.list', {});
    const made = items.find((job) => job.id === id)?.file ?? null;
    const format = EXPORT_FORMATS.find((one) => made?.name.endsWith(`.${one}`));
    if (made === null || format === undefined) throw notFound(id);
    const file = await open(exportFile(dataFolder, id, format)).catch((error: unknown) => {
      // The job left the list meanwhile.
      throw isMissing(error) ? notFound(id) : error;
    });
    const { size } = await file.stat();
    return reply
      .headers({ ...fileHeaders(made.name, format), 'content-length': size.toString() })
      .send(file.createReadStream());
  });
}

function notFound(id: string): ProblemError {
  return new ProblemError('not_found', `no listed job ${JSON.stringify(id)} has made a file`);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
