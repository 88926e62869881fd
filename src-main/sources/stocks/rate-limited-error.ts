/** The stock API answered 429: it is well, and is to be asked less often. */
export class RateLimitedError extends Error {
  override readonly name = 'RateLimitedError';
  /** Milliseconds after which the API wants to be asked again; null when it did not say. */
  readonly retryAfterMs: number | null;

  constructor(host: string, retryAfterMs: number | null) {
    const wait = retryAfterMs === null ? '' : `, asks to wait ${Math.ceil(retryAfterMs / 1000)} s`;
    super(`HTTP 429 from ${host}${wait}`);
    this.retryAfterMs = retryAfterMs;
  }
}
