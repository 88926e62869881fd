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
 * `invalid_argument` for figures whose plan is over the limits, `too_many` when 16 are waiting.
 */
export interface InvoiceControl {
  /** The coordinator itself, to be supervised: it goes on where it was when it starts, and ends what it started when it stops. */
  readonly service: ServiceSpec;
  readonly status: InvoiceRun;
  /** Lets it run or pauses it, at once; it is paused at first. A pause keeps the phase. */
  setActive(active: boolean): void;
  start(figures: GivenFigures): Promise<InvoiceRun>;
  stop(): Promise<InvoiceRun>;
  reset(): Promise<InvoiceRun>;
  undo(): Promise<InvoiceRun>;
  rates(figures: GivenFigures): Promise<InvoiceRun>;
}
