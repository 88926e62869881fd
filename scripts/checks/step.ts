/** One check: a command that passes when it exits with 0. */
export interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Runs beside no other, because it uses all processors or measures time. */
  readonly alone?: boolean;
  /** The step without whose success this one would only repeat its failure. */
  readonly needs?: string;
  /** The file in which its test runner counts. */
  readonly report?: string;
}

/** How a step ended; `output` is what it printed. */
export interface StepResult {
  readonly step: Step;
  readonly outcome: 'passed' | 'failed' | 'not run';
  readonly seconds: number;
  readonly output: string;
}
