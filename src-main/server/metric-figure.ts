/** One figure with its labels, under a name without `pulsedesk_`. */
export interface MetricFigure {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly (readonly [value: number, labels: Record<string, string>])[];
}
