/**
 * Waits `ms` milliseconds on any clock's `after`. Rejects with the signal's reason once it is aborted, and then leaves
 * neither a timer nor a listener behind.
 */
export async function sleepOn(
  after: (ms: number, fn: () => void) => () => void,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<null>();
  const cancel = after(ms, () => resolve(null));
  const abort = (): void => {
    cancel();
    reject(signal?.reason);
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
