import type { Clock } from '../../lib/clock.ts';
import type { Handlers } from '../../router/handlers.ts';
import type { Remote, ReaderPort } from '../../store/port.ts';
import { periodOf } from '../period.ts';
import type { StockPolling } from './stock-polling.ts';

const DAY_MS = 86_400_000;
const MAX_SPANS = 1000;

/** What the handlers about polling work with. */
export interface PollingHandlerOptions {
  polling: StockPolling;
  reader: Pick<Remote<ReaderPort>, 'breakerSpans'>;
  activeEnv: () => string;
  clock: Pick<Clock, 'now'>;
  /** The mock's faults were switched. */
  onFaults: () => void;
}

type PollingCalls =
  'breaker.get' | 'breaker.spans' | 'breaker.trip' | 'breaker.reset' | 'polling.get' | 'mock.faults';

/** Handlers of the queries and commands about the stock API, its breaker and the built-in mock. */
export function pollingHandlers(options: PollingHandlerOptions): Pick<Handlers, PollingCalls> {
  const { polling, reader, activeEnv, clock, onFaults } = options;
  return {
    'breaker.get': async () => {
      // Who has just seen it open asks why: what led there is on its way to the store.
      await polling.drained();
      return { ...polling.breaker(), history: polling.history };
    },
    'breaker.spans': async ({ env, ...args }) => {
      const { from, to } = periodOf(args, clock.now(), DAY_MS);
      await polling.drained();
      return { items: await reader.breakerSpans(env ?? activeEnv(), from, to, MAX_SPANS) };
    },
    'breaker.trip': () => polling.trip(),
    'breaker.reset': () => polling.reset(),
    'polling.get': () => polling.polling(),
    'mock.faults': async (patch) => {
      const faults = await polling.setFaults(patch);
      onFaults();
      return faults;
    },
  };
}
