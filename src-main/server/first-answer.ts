import type { ContractClient } from '../../src-contract/client.ts';
import type { Clock } from '../lib/clock.ts';

/** How long to wait for the engine's greeting before listening without it, in milliseconds. */
const GREETING_MS = 2000;

/** Waits until the engine has greeted, so that the first request is answered; not for an engine that is away. */
export function firstAnswer(
  client: Pick<ContractClient, 'link' | 'onLink'>,
  clock: Pick<Clock, 'after'>,
): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(GREETING_MS, finish);
    const stop = client.onLink(finish);
    function finish(): void {
      cancel();
      stop();
      resolve();
    }
    if (client.link.state === 'live') finish();
  });
}
