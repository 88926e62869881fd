/** One slug to be forgotten in one environment, and how far that has come. */
export interface RedactionRow {
  id: number;
  env: number;
  slug: string;
  /** Journal id of the opt-out. */
  optedOut: number;
  receivedAt: number;
  phase: number;
  doneTo: number;
}

/** What a step of a phase did; `doneTo` null when the phase is over. */
export interface Progress {
  rows: number;
  doneTo: number | null;
}
