import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { IntakeRequest } from '../../../src-contract/intake.ts';
import { ProblemError } from '../problem.ts';
import type { ServerParts } from '../server-parts.ts';
import { validatorCompiler } from '../validator-compiler.ts';
import { bodyType } from './body-type.ts';
import type { IntakeCounts } from './intake-counts.ts';
import { receiptOf } from './intake-receipt.ts';
import { IntakeRoom } from './intake-room.ts';
import { INTAKE_ADDRESSES, intakeSchema, type IntakeReceipt } from './intake-schema.ts';

type IntakeParts = Pick<ServerParts, 'engine' | 'limits'>;

/** `POST /api/activity` and `POST /api/events`: bodies go to the engine as they came, and are answered once durable. */
export async function intakeRoutes(
  app: FastifyInstance,
  parts: IntakeParts,
  counts: IntakeCounts,
): Promise<void> {
  const room = new IntakeRoom(parts.limits.intakeHeldBytes);
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
    for (const address of INTAKE_ADDRESSES) {
      const { family } = address;
      scope.route({
        method: 'POST',
        url: address.path,
        schema: intakeSchema(address, parts.limits.intakeBodyBytes),
        bodyLimit: parts.limits.intakeBodyBytes,
        validatorCompiler: unlessBody,
        onRequest: async (request, reply) => {
          bodyType(request.headers);
          makeRoom(room, request, reply);
        },
        onResponse: async (_request, { statusCode }) => counts.count('http', family, String(statusCode)),
        handler: async ({ body }, reply) => {
          const receipt = await handOver(parts, family, body);
          return reply.code(202).send(receipt);
        },
      });
    }
  });
}

/** The body is bytes here: its schema documents it, and the engine checks what is in it. */
const unlessBody: NonNullable<RouteOptions['validatorCompiler']> = (route) =>
  route.httpPart === 'body'
    ? () => true
    : validatorCompiler(route as Parameters<typeof validatorCompiler>[0]);

/** Holds room for the body before it is read, until the answer is sent or its taker is gone. */
function makeRoom(room: IntakeRoom, { headers, routeOptions }: FastifyRequest, reply: FastifyReply): void {
  const stated = Number(headers['content-length'] ?? routeOptions.bodyLimit);
  // A body beyond the limit is refused for that, in words of its own.
  const giveBack = room.take(Math.min(stated, routeOptions.bodyLimit));
  if (giveBack === null) {
    throw new ProblemError('busy', 'too many requests with events are being answered: send it again later', {
      headers: { 'retry-after': '1' },
    });
  }
  reply.raw.once('close', giveBack);
}

async function handOver(
  { engine }: IntakeParts,
  family: IntakeRequest['family'],
  body: unknown,
): Promise<IntakeReceipt> {
  if (!(body instanceof Uint8Array) || body.length === 0) {
    throw new ProblemError('invalid_argument', 'the body is missing: one event as JSON, or an array of them');
  }
  return receiptOf(await engine.intake({ family, via: 'http', body }));
}
