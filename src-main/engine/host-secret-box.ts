import type { Clock } from '../lib/clock.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import type { SecretBox } from './secret-box.ts';

/** A host that does not answer within this time, in milliseconds, has no secret storage. */
const WITHIN_MS = 3000;

/** The secret storage of the engine's host, asked by messages from the engine's thread. */
export class HostSecretBox implements SecretBox {
  readonly #post: (message: FromEngine) => void;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #waiting = new Map<number, (text: string | null) => void>();
  #nextId = 1;

  constructor(post: (message: FromEngine) => void, clock: Pick<Clock, 'after'>) {
    this.#post = post;
    this.#clock = clock;
  }

  seal(secret: string): Promise<string | null> {
    return this.#ask('seal', secret);
  }

  open(sealed: string): Promise<string | null> {
    return this.#ask('open', sealed);
  }

  /** Takes an answer of the host. */
  answered({ id, text }: Extract<ToEngine, { t: 'secret' }>): void {
    this.#waiting.get(id)?.(text);
  }

  #ask(t: 'seal' | 'open', text: string): Promise<string | null> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const settle = (answer: string | null): void => {
        cancel();
        this.#waiting.delete(id);
        resolve(answer);
      };
      const cancel = this.#clock.after(WITHIN_MS, () => settle(null));
      this.#waiting.set(id, settle);
      this.#post({ t, id, text });
    });
  }
}
