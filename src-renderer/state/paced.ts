/** Does something at most once in a span: at once when the last time is long ago, else as soon as the span is over. */
export class Paced {
  readonly #spanMs: number;
  readonly #work: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDue = false;

  constructor(spanMs: number, work: () => void) {
    this.#spanMs = spanMs;
    this.#work = work;
  }

  /** Asks for it to be done; however often it is asked for in a span, it is done once. */
  ask(): void {
    if (this.#timer === undefined) this.#run();
    else this.#isDue = true;
  }

  /** Forgets what was asked for. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
  }

  #run(): void {
    this.#isDue = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isDue) this.#run();
    }, this.#spanMs);
    this.#work();
  }
}
