import type { Clock } from './clock.ts';

/**
 * Waits for `work` and what it comes to, but `ms` milliseconds at most: then rejects with an Error of the given message, while the work goes
 * on unheard. Leaves no timer behind.
 */
export async function within<T>(
  clock: Pick<Clock, 'after'>,
  ms: number,
  work: Promise<T>,
  message: string,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const cancel = clock.after(ms, () => {
    late.reject(new Error(message));
  });
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    cancel();
  }
}
