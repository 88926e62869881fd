import { ContractError } from '../../../src-contract/result.ts';

/** At most this many commands are waiting or under way. */
export const MAX_COMMANDS = 16;

/** Does asynchronous work one after the other, in the order it came. */
export class SerialLine {
  #tail: Promise<unknown> = Promise.resolve();
  #commands = 0;

  /** Work that the app itself needs done; its owner keeps it few. Settles as the work does. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#tail.then(work);
    this.#tail = done.catch(() => undefined);
    return done;
  }

  /** Work that somebody asked for; rejects with `too_many` when {@link MAX_COMMANDS} are there already. */
  async command<T>(work: () => Promise<T>): Promise<T> {
    if (this.#commands >= MAX_COMMANDS)
      throw new ContractError('too_many', `${MAX_COMMANDS} commands are waiting for the simulator already`);
    this.#commands += 1;
    try {
      return await this.run(work);
    } finally {
      this.#commands -= 1;
    }
  }
}
