import { STATUS_CODES } from 'node:http';
import Type, { type Static } from 'typebox';
import { type ContractError, ERROR_STATUS, type ErrorCode, type Failure } from '../../src-contract/result.ts';

/** Codes of failures that only HTTP knows, and the status of each; the others are those of the contract. */
export const HTTP_STATUS = {
  invalid_json: 400,
  invalid_event: 400,
  method_not_allowed: 405,
  too_large: 413,
  unsupported_media_type: 415,
  upgrade_required: 426,
  busy: 429,
} as const;

/** Every code that a problem can carry. */
export type ProblemCode = ErrorCode | keyof typeof HTTP_STATUS;

const CODES: readonly string[] = [...Object.keys(ERROR_STATUS), ...Object.keys(HTTP_STATUS)];

/** A failure as HTTP clients get it, `application/problem+json` of RFC 9457. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'urn:pulsedesk:problem: and the code' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What was wrong, and what is accepted' }),
    code: Type.Unsafe<ProblemCode>(Type.Enum([...CODES])),
    field: Type.Optional(Type.String({ description: 'JSON pointer of the offending field' })),
    position: Type.Optional(Type.Integer({ description: 'Byte offset in the body' })),
  },
  { $id: 'Problem' },
);
export type Problem = Static<typeof Problem>;

/** Media type of a {@link Problem}. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** A failure found by the HTTP host itself; the error handler answers it as a {@link Problem}. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly details: NonNullable<Failure['details']>;
  /** Headers that go with the answer, such as `Allow`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    message: string,
    more: { details?: Failure['details']; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = 'ProblemError';
    this.code = code;
    this.details = more.details ?? {};
    this.headers = more.headers ?? {};
  }
}

/** The problem that tells of a failure. */
export function problemOf(error: ProblemError | ContractError): Problem {
  const status: number = { ...ERROR_STATUS, ...HTTP_STATUS }[error.code];
  return {
    type: `urn:pulsedesk:problem:${error.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: error.message,
    code: error.code,
    ...error.details,
  };
}

/** Headers that go with a failure: its own, and when to come back where that makes sense. */
export function headersOf(error: ProblemError | ContractError): Record<string, string> {
  const own = error instanceof ProblemError ? error.headers : {};
  const later = error.code === 'too_many' || error.code === 'unavailable';
  return later ? { 'retry-after': '1', ...own } : { ...own };
}
