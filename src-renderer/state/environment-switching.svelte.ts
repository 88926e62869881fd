import type { ContractClient } from '../../src-contract/client.ts';
import { isEnvironmentName } from '../../src-contract/environment.ts';

/** Where a switch of the environment stands. */
export type SwitchState =
  | { step: 'idle' }
  | { step: 'naming' }
  | { step: 'confirming'; name: string }
  | { step: 'switching'; name: string }
  | { step: 'refused'; name: string; reason: string };

/** A switch of the active environment: asked for, confirmed, done. */
export class EnvironmentSwitching {
  #state = $state.raw<SwitchState>({ step: 'idle' });
  readonly #client: Pick<ContractClient, 'call'>;

  constructor(client: Pick<ContractClient, 'call'>) {
    this.#client = client;
  }

  get state(): SwitchState {
    return this.#state;
  }

  /** Asks for confirmation; the present environment needs no switch. */
  ask(name: string, present: string): void {
    this.#state = name === present ? { step: 'idle' } : { step: 'confirming', name };
  }

  /** Asks for the name of an environment that is not in the list. */
  askForName(): void {
    this.#state = { step: 'naming' };
  }

  cancel(): void {
    this.#state = { step: 'idle' };
  }

  /** What is wrong with a typed name, or undefined. */
  complaint(name: string): string | undefined {
    return isEnvironmentName(name) ? undefined : 'Use 1 to 32 of a–z, 0–9 and -, for example staging-2.';
  }

  /** Does what was asked for; says whether it was done, and in `state` why not. */
  async confirm(): Promise<boolean> {
    const asked = this.#state;
    if (asked.step !== 'confirming' && asked.step !== 'refused') return false;
    const { name } = asked;
    this.#state = { step: 'switching', name };
    try {
      await this.#client.call('environment.set', { name });
      this.#state = { step: 'idle' };
      return true;
    } catch (error) {
      this.#state = { step: 'refused', name, reason: error instanceof Error ? error.message : String(error) };
      return false;
    }
  }
}
