/** One figure with its labels, under a name without `pulsedesk_`. */
export interface MetricFigure {
  /** `counter`: it only rises, but for a restart. Default: `gauge`. */
  readonly kind?: 'gauge' | 'counter';
  readonly name: string;
  readonly help: string;
  readonly samples: readonly (readonly [value: number, labels: Record<string, string>])[];
}
