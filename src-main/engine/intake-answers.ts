import type { IntakeAnswer } from '../../src-contract/intake.ts';
import { errorMessage } from '../lib/error-message.ts';
import type { Engine } from './engine.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import { unavailable } from './intake-relay.ts';

type Answered = Extract<FromEngine, { t: 'intakeAnswers' }>;

/** The engine's side of the relay of events: answers of one turn of its loop go back in one message. */
export class IntakeAnswers {
  readonly #engine: Pick<Engine, 'intake'>;
  readonly #post: (message: Answered) => void;
  readonly #soon: (send: () => void) => void;
  #answers: Answered['answers'] = [];

  /** @param soon calls back when this turn of the loop has answered what it could. */
  constructor(
    engine: Pick<Engine, 'intake'>,
    post: (message: Answered) => void,
    soon: (send: () => void) => void = setImmediate,
  ) {
    this.#engine = engine;
    this.#post = post;
    this.#soon = soon;
  }

  /** Takes what the host handed over. */
  take({ requests }: Extract<ToEngine, { t: 'intake' }>): void {
    for (const { id, request } of requests) {
      this.#engine.intake(request).then(
        (answer) => this.#answer(id, answer),
        (error: unknown) => this.#answer(id, unavailable(errorMessage(error))),
      );
    }
  }

  #answer(id: number, answer: IntakeAnswer): void {
    this.#answers.push({ id, answer });
    if (this.#answers.length === 1) this.#soon(() => this.#send());
  }

  #send(): void {
    const answers = this.#answers;
    this.#answers = [];
    this.#post({ t: 'intakeAnswers', answers });
  }
}
