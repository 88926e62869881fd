/** Shapes of environments, so that they differ without their colour too. */
export type EnvironmentShape = 'square' | 'triangle' | 'circle' | 'diamond' | 'hexagon';

/** How an environment looks wherever its name stands. */
export interface EnvironmentLook {
  shape: EnvironmentShape;
  /** Classes of its mark and of the frame around it. */
  text: string;
  border: string;
}

const LOOKS: Record<string, EnvironmentLook> = {
  prod: { shape: 'square', text: 'text-env-prod', border: 'border-env-prod' },
  beta: { shape: 'triangle', text: 'text-env-beta', border: 'border-env-beta' },
  dev: { shape: 'circle', text: 'text-env-dev', border: 'border-env-dev' },
  demo: { shape: 'diamond', text: 'text-env-demo', border: 'border-env-demo' },
};
const OTHER: EnvironmentLook = { shape: 'hexagon', text: 'text-env-other', border: 'border-env-other' };

/** The look of an environment; those without a look of their own share one that none of the known ones has. */
export function environmentLook(name: string): EnvironmentLook {
  return Object.hasOwn(LOOKS, name) ? (LOOKS[name] ?? OTHER) : OTHER;
}

/** The environments to offer: those with data, the usual ones, and the present one, without repeats. */
export function environmentChoices(known: readonly string[], present: string): string[] {
  return [...new Set(['demo', 'dev', 'beta', 'prod', ...[...known, present].sort()])];
}
