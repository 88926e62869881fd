const TICK_MS = 5000;
const SLEPT_MS = 15_000;

/**
 * Calls `listener` when the page becomes visible, the network comes back, or a timer fired so late that the machine must
 * have slept. Returns what stops it.
 */
export function onWake(listener: () => void): () => void {
  let tickedAt = Date.now();
  const tick = (): void => {
    const late = Date.now() - tickedAt;
    tickedAt = Date.now();
    if (late > SLEPT_MS && document.visibilityState === 'visible') listener();
  };
  const shown = (): void => {
    if (document.visibilityState === 'visible') listener();
  };
  const timer = setInterval(tick, TICK_MS);
  document.addEventListener('visibilitychange', shown);
  window.addEventListener('online', listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', shown);
    window.removeEventListener('online', listener);
  };
}
