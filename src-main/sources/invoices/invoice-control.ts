import type { InvoiceRun } from '../../../src-contract/invoice.ts';
import type { ServiceSpec } from '../../lib/service.ts';

/** Rates and duration as commands give them; what is left out stays, or takes its default. */
export interface GivenFigures {
  readonly rate_per_s?: number;
  readonly display_rate_per_s?: number;
  readonly duration_s?: number;
}

/**
 * The simulator as its user sees it. Commands are carried out one after the other and answer when their effect is stored;
 * they reject with a ContractError: `conflict` when the state does not allow them or the simulator is paused,
 * `invalid_argument` for figures whose plan is over the limits, `too_many` when 16 are
 * waiting, `unavailable` while the coordinator does not run.
 */
export interface InvoiceControl {
  /** The coordinator itself, to be supervised: it goes on where it was when it starts, and ends what it started when it stops. */
  readonly service: ServiceSpec;
  readonly status: InvoiceRun;
  /**
   * Lets it run or pauses it; it is paused at first. A pause acts at once and keeps the phase. Resolves when producer and
   * display are started or stopped; never rejects.
   */
  setActive(active: boolean): Promise<void>;
  start(figures: GivenFigures): Promise<InvoiceRun>;
  stop(): Promise<InvoiceRun>;
  reset(): Promise<InvoiceRun>;
  undo(): Promise<InvoiceRun>;
  rates(figures: GivenFigures): Promise<InvoiceRun>;
}
