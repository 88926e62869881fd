import type { LoadTarget } from '../../load/load-target.ts';
import type { NamedFamily } from '../checks/stored-events.ts';

/** Where calls go, for as long as the host lives that they reach. */
export interface CallTarget {
  readonly events: LoadTarget;
  readonly activity: LoadTarget;
  readonly frames: LoadTarget;
}

/** One kind of caller: what it calls, and with how many events at once. */
export interface CallerKind {
  readonly way: keyof CallTarget;
  readonly family: NamedFamily;
  readonly batch: number;
}

/** What callers need of the world. */
export interface CallersOptions {
  /** Begins the names of events. */
  readonly run: string;
  /** What can be called now; resolves when it can. */
  readonly target: () => Promise<CallTarget>;
  /** A call was answered: all it carried must be durable. Called before anything else happens. */
  readonly onAnswered: () => void;
}

/** Callers that repeat what they got no answer to, with the same names, until somebody answers. */
export class RepeatingCallers {
  /** Events that were sent once more. */
  sentAgain = 0;
  /** Answers that did not accept all that was sent. */
  readonly wrongAnswers: string[] = [];
  readonly #options: CallersOptions;
  readonly #answered: Record<NamedFamily, number[]> = { 'activity.recorded': [], 'analytics.event': [] };
  readonly #made: Record<NamedFamily, number> = { 'activity.recorded': 0, 'analytics.event': 0 };

  constructor(options: CallersOptions) {
    this.#options = options;
  }

  /** Numbers of the events that were answered. */
  answered(family: NamedFamily): readonly number[] {
    return this.#answered[family];
  }

  /** How many events there are, answered or not. */
  made(family: NamedFamily): number {
    return this.#made[family];
  }

  /** Calls again and again until `isOver`; what is under way by then is brought to its end. */
  async call({ way, family, batch }: CallerKind, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const numbers = Array.from({ length: batch }, () => (this.#made[family] += 1));
      const bodies = numbers.map((number) => this.#body(family, number));
      let target = await this.#options.target();
      let answer = await target[way].send(bodies);
      while (!answer.taken) {
        const next = await this.#options.target();
        if (next === target) throw new Error(`a host that lives answered ${answer.kind}`);
        target = next;
        this.sentAgain += batch;
        answer = await target[way].send(bodies);
      }
      this.#answered[family].push(...numbers);
      if (answer.accepted !== batch) this.wrongAnswers.push(`${answer.accepted} of ${batch} accepted`);
      this.#options.onAnswered();
    }
  }

  #body(family: NamedFamily, number: number): string {
    const id = `${this.#options.run}-${number}`;
    return family === 'activity.recorded'
      ? `{"user":"user_${number % 50}@example.com","type":"task_created","id":"${id}"}`
      : `{"type":"page_view","user_id":"user_${number % 50}","value":1,"id":"${id}"}`;
  }
}
