/** How an environment looks wherever its name stands: a shape and a colour that no other one has. */
export interface EnvironmentLook {
  shape: 'square' | 'triangle' | 'circle' | 'diamond' | 'hexagon';
  /** Class of its text and mark. */
  text: string;
  /** Class of the frame around it. */
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

/** The environments to offer: the usual ones, then those with data and the present one, without repeats. */
export function environmentChoices(known: readonly string[], present: string): string[] {
  return [...new Set(['demo', 'dev', 'beta', 'prod', ...[...known, present].sort()])];
}
