/** How long a hidden page, which draws nothing, may keep the engine waiting for an acknowledgement, in milliseconds. */
const HIDDEN_DRAIN_MS = 1000;

/**
 * Runs `acknowledge` once, after the page has drawn. A hidden page gets no animation frames: there a timer does it, so
 * that what waits in the engine still drains, slowly.
 */
export function afterDrawing(acknowledge: () => void): void {
  const timer = setTimeout(finish, HIDDEN_DRAIN_MS);
  const frame = requestAnimationFrame(finish);
  function finish(): void {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    acknowledge();
  }
}
