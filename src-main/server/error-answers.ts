import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ContractError } from '../../src-contract/result.ts';
import type { Log } from '../lib/log.ts';
import { headersOf, PROBLEM_TYPE, ProblemError, problemOf } from './problem.ts';

/** Answers every failure as problem+json; what nobody foresaw is logged and answered without its inner words. */
export function errorAnswers(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const known = knownFailure(error, request);
    if (known === null) {
      log.error('a request failed', { method: request.method, path: request.routeOptions.url, error });
    }
    return sendProblem(
      reply,
      known ?? new ProblemError('internal', 'something failed inside the app; its log says what'),
    );
  });
}

/** Answers with a failure. */
export function sendProblem(reply: FastifyReply, error: ProblemError | ContractError): FastifyReply {
  const problem = problemOf(error);
  return reply.code(problem.status).headers(headersOf(error)).type(PROBLEM_TYPE).send(problem);
}

function knownFailure(
  error: FastifyError | Error,
  request: FastifyRequest,
): ProblemError | ContractError | null {
  if (error instanceof ProblemError || error instanceof ContractError) return error;
  const { code, statusCode = 500 } = error as FastifyError;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge(request.routeOptions.bodyLimit);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ProblemError(
        'unsupported_media_type',
        `bodies are application/json, not ${JSON.stringify(request.headers['content-type'] ?? '')}`,
      );
    default:
      // What fastify itself refuses is the sender's doing: a wrong length, for one.
      return statusCode < 500 ? new ProblemError('invalid_argument', error.message) : null;
  }
}

function tooLarge(limit: number): ProblemError {
  const bytes = limit.toLocaleString('en');
  return new ProblemError('too_large', `the body is larger than the ${bytes} bytes that this address takes`);
}
