import type { IntakeAnswer } from '../../../src-contract/intake.ts';
import type { Failure } from '../../../src-contract/result.ts';
import { ProblemError } from '../problem.ts';
import type { IntakeReceipt } from './intake-schema.ts';

/**
 * An answer of the engine as HTTP gives it.
 *
 * @throws ProblemError when nothing was taken, with `Retry-After` where sending it again helps.
 */
export function receiptOf(answer: IntakeAnswer): IntakeReceipt {
  if (!answer.ok) throw problemOf(answer);
  const { accepted, repeated, rejected } = answer;
  return { accepted, ...(repeated > 0 ? { repeated } : {}), rejected };
}

function problemOf(answer: IntakeAnswer & { ok: false }): ProblemError {
  const { code, message, details, retryAfterMs = 0 } = answer;
  const retry = { headers: { 'retry-after': String(wholeSeconds(retryAfterMs)) } };
  return new ProblemError(code, message, {
    details: knownDetails(details),
    ...(code === 'busy' || code === 'unavailable' ? retry : {}),
  });
}

/** Whole seconds, at least one: `Retry-After` knows no others. */
function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

function knownDetails(details: unknown): NonNullable<Failure['details']> {
  if (typeof details !== 'object' || details === null) return {};
  const { field, position } = details as Record<string, unknown>;
  return {
    ...(typeof field === 'string' ? { field } : {}),
    ...(typeof position === 'number' ? { position } : {}),
  };
}
