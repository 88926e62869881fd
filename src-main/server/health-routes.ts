import type { FastifyInstance, FastifySchema } from 'fastify';
import Type from 'typebox';
import { PROBLEM_TYPE, ProblemError, problemOf } from './problem.ts';
import { readiness } from './readiness.ts';
import type { ServerParts } from './server-parts.ts';

const Live = Type.Object({ live: Type.Literal(true) });
const Ready = Type.Object({
  ready: Type.Literal(true),
  state: Type.Enum(['ok', 'degraded']),
  degraded: Type.Array(Type.String(), { description: 'What is wrong beside it, in words' }),
});

const answers = (description: string, schema: typeof Live | typeof Ready) => ({
  200: { description, content: { 'application/json': { schema } } },
});

/** `/health/live`: the process answers. `/health/ready`: engine and database do too. Neither needs a token. */
export function healthRoutes(
  app: FastifyInstance,
  { client, clock }: Pick<ServerParts, 'client' | 'clock'>,
): void {
  const live = {
    summary: 'The process answers',
    operationId: 'health.live',
    response: answers('It does', Live),
  };
  app.get('/health/live', { schema: live }, () => ({ live: true }));

  const ready: FastifySchema = {
    summary: 'Engine and database answer; 503 names the parts that do not',
    operationId: 'health.ready',
    response: answers('They do', Ready),
  };
  app.get('/health/ready', { schema: ready }, async (request, reply) => {
    const { failing, state, degraded } = await readiness(client, clock);
    // The words may name addresses: they are for those who are let in.
    const known = request.role !== null;
    if (failing.length === 0) return { ready: true, state, degraded: known ? degraded : [] };
    const parts = failing.map(({ part, reason }) => (known ? { part, reason } : { part }));
    const names = failing.map(({ part }) => part).join(', ');
    const problem = problemOf(new ProblemError('unavailable', `not ready: ${names}`));
    return reply
      .code(503)
      .type(PROBLEM_TYPE)
      .send({ ...problem, ready: false, state, failing: parts });
  });
}
