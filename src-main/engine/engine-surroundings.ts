import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import type { PriceRanges } from '../sources/stocks/mock/price-ranges.ts';
import type { StockHttp } from '../sources/stocks/stock-http.ts';
import type { Store } from '../store/open-store.ts';
import type { RunExport } from './exports/export-request.ts';
import type { StartMock } from './polling/mock-service.ts';
import type { SecretBox } from './secret-box.ts';

/** What the engine is given by its thread, or by a test. */
export interface EngineSurroundings {
  store: Store;
  clock: Clock;
  random: Random;
  log: Log;
  /** Calls back in the next turn of the loop; left out: of Node's. */
  soon?: (run: () => void) => void;
  /** Where secrets are sealed; left out: they lie in the settings file. */
  secrets?: SecretBox;
  /** Starts the built-in mock stock API; left out: there is none. */
  startMock?: StartMock;
  /** Ranges of the demo's prices that a person can edit; left out: the app's own. */
  priceRanges?: PriceRanges;
  /** How a stock API is asked; left out: over HTTP. */
  stockHttp?: () => StockHttp;
  /** Runs exports; left out: on the engine's own thread. */
  runExport?: RunExport;
  /** Ends the thread as a crash would. */
  crash: (error: Error) => void;
}
