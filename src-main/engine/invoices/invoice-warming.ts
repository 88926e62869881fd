import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { ReaderPort, Remote } from '../../store/port.ts';

/** An environment is warmed this long after it became the active one, in milliseconds: what its screens ask for goes first. */
const BEGIN_MS = 500;
/** Between slices the reader has this long for others, in milliseconds. */
const PAUSE_MS = 10;
/** What came since is taken in this often, in milliseconds. */
const AGAIN_MS = 5000;

/** What warming works with. */
export interface InvoiceWarmingOptions {
  clock: Clock;
  /** The reader of screens: it answers filters, totals and jumps. */
  reader: Pick<Remote<ReaderPort>, 'warmInvoices'>;
  onFailure: (error: unknown) => void;
}

/**
 * Makes the reader of screens hold what the first filter of the active environment's invoices would have to wait a second
 * for: slice by slice, with pauses, and again when many invoices have come. Only one environment at a time.
 */
export class InvoiceWarming implements Stoppable {
  readonly #options: InvoiceWarmingOptions;
  #env: string | null = null;
  #cancel: (() => void) | null = null;
  #working: Promise<void> = Promise.resolve();

  constructor(options: InvoiceWarmingOptions) {
    this.#options = options;
  }

  /** Another environment is the active one: that one is warmed, and no other any more. */
  follow(env: string): void {
    this.#env = env;
    this.#later(env, BEGIN_MS);
  }

  /** Begins no further slice; resolves when the last is over. */
  async stop(): Promise<void> {
    this.#env = null;
    this.#cancel?.();
    await this.#working;
  }

  #later(env: string, ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.after(ms, () => {
      this.#working = this.#slice(env);
    });
  }

  async #slice(env: string): Promise<void> {
    const { reader, onFailure } = this.#options;
    let pause = AGAIN_MS;
    try {
      if ((await reader.warmInvoices(env)) < 1) pause = PAUSE_MS;
    } catch (error) {
      // The first filter makes what is missing.
      onFailure(error);
    }
    if (this.#env === env) this.#later(env, pause);
  }
}
