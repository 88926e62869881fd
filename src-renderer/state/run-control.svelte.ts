import type { CallArgs } from '../../src-contract/channels.ts';
import type { ContractClient } from '../../src-contract/client.ts';

type Command = 'start' | 'stop' | 'reset' | 'undo' | 'rates';
/** Rates and duration of a run; those left out stay as they are. */
export type RunFigures = CallArgs<'control.start'>;

const REFUSED: Record<Command, string> = {
  start: 'The run was not started',
  stop: 'The run was not stopped',
  reset: 'The invoices were not reset',
  undo: 'The reset was not taken back',
  rates: 'The rates were not changed',
};

/** Gives commands to the invoice simulator, one at a time. They answer whether they were done; why not is told. */
export class RunControl {
  readonly #client: Pick<ContractClient, 'call'>;
  readonly #refused: (what: string, error: unknown) => void;
  #doing = $state<Command | null>(null);

  /** @param refused tells what was not done and why, in the engine's words. */
  constructor(client: Pick<ContractClient, 'call'>, refused: (what: string, error: unknown) => void) {
    this.#client = client;
    this.#refused = refused;
  }

  /** The command that is under way, or null. */
  get doing(): Command | null {
    return this.#doing;
  }

  /** Starts a run, or goes on with one that drains. */
  start(figures: RunFigures = {}): Promise<boolean> {
    return this.#give('start', () => this.#client.call('control.start', figures));
  }

  /** Ends production. */
  stop(): Promise<boolean> {
    return this.#give('stop', () => this.#client.call('control.stop', {}));
  }

  /** Takes the simulator's invoices out of view. */
  reset(): Promise<boolean> {
    return this.#give('reset', () => this.#client.call('control.reset', {}));
  }

  /** Takes the last reset back. */
  undo(): Promise<boolean> {
    return this.#give('undo', () => this.#client.call('control.undo', {}));
  }

  /** Changes rates and duration of the run that is under way. */
  rates(figures: RunFigures): Promise<boolean> {
    return this.#give('rates', () => this.#client.call('control.rates', figures));
  }

  async #give(command: Command, call: () => Promise<unknown>): Promise<boolean> {
    if (this.#doing !== null) return false;
    this.#doing = command;
    try {
      await call();
      return true;
    } catch (error) {
      this.#refused(REFUSED[command], error);
      return false;
    } finally {
      this.#doing = null;
    }
  }
}
