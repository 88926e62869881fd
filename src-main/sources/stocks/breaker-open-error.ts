/** The breaker let a call not pass: nothing was sent. */
export class BreakerOpenError extends Error {
  override readonly name = 'BreakerOpenError';

  constructor(reason: string) {
    super(`breaker open: ${reason}`);
  }
}
