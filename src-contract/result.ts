import Type, { type Static } from 'typebox';

/** The closed list of reasons for which a query or command can fail, and the HTTP status each maps to. */
export const ERROR_STATUS = {
  invalid_argument: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many: 429,
  internal: 500,
  unavailable: 503,
  timeout: 504,
} as const;

/** A code of {@link ERROR_STATUS}. */
export type ErrorCode = keyof typeof ERROR_STATUS;

/** A failure as it crosses every boundary: data, with words that say what was wrong and what is accepted. */
export const Failure = Type.Object({
  code: Type.Unsafe<ErrorCode>(Type.Enum(Object.keys(ERROR_STATUS))),
  message: Type.String(),
  details: Type.Optional(
    Type.Object({
      field: Type.Optional(Type.String({ description: 'JSON pointer of the offending field' })),
      position: Type.Optional(Type.Number({ description: 'Byte offset in the body' })),
    }),
  ),
});
export type Failure = Static<typeof Failure>;

/** What a call answers, as data. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** A {@link Failure} as an error again, on either side of a boundary. */
export class ContractError extends Error {
  readonly code: ErrorCode;
  readonly details: Failure['details'];

  constructor(code: ErrorCode, message: string, details?: Failure['details']) {
    super(message);
    this.name = 'ContractError';
    this.code = code;
    this.details = details;
  }

  /** The failure as data, to be sent. */
  toFailure(): Failure {
    return {
      code: this.code,
      message: this.message,
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }
}

/** Turns anything thrown into a {@link Failure}; what is not a {@link ContractError} becomes `internal`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ContractError) return error.toFailure();
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
