import type { Clock } from './clock.ts';

/**
 * Waits for `work`, but `ms` milliseconds at most: then rejects with an Error of the given message, while the work goes
 * on unheard. Leaves no timer behind.
 */
export async function within(
  clock: Pick<Clock, 'after'>,
  ms: number,
  work: Promise<void>,
  message: string,
): Promise<void> {
  const late = Promise.withResolvers<never>();
  const cancel = clock.after(ms, () => {
    late.reject(new Error(message));
  });
  try {
    await Promise.race([work, late.promise]);
  } finally {
    cancel();
  }
}
