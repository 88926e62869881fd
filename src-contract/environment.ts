import Type, { type Static } from 'typebox';

/**
 * An environment token: the first part of every subject (`prod.portfolio.updated`) and of every stored key.
 */
export const EnvironmentName = Type.String({
  pattern: '^[a-z0-9-]{1,32}$',
  description: 'Environment: 1 to 32 of a-z, 0-9 and -',
  examples: ['prod'],
});
export type EnvironmentName = Static<typeof EnvironmentName>;

/** The reserved environment: everything generated inside the app lives here and nowhere else. */
export const DEMO_ENVIRONMENT = 'demo';

/** Says whether a text is a valid environment token. */
export function isEnvironmentName(text: string): boolean {
  return /^[a-z0-9-]{1,32}$/.test(text);
}
