import { ContractError } from '../../src-contract/result.ts';

/**
 * The period that arguments name, in UTC milliseconds: up to now, and `defaultMs` long, where they say nothing.
 * Throws a ContractError that names the field when it is no period.
 */
export function periodOf(
  args: { from?: string; to?: string },
  now: number,
  defaultMs: number,
): { from: number; to: number } {
  const to = args.to === undefined ? now : Date.parse(args.to);
  const from = args.from === undefined ? to - defaultMs : Date.parse(args.from);
  for (const [field, time] of Object.entries({ to, from })) {
    if (Number.isNaN(time))
      throw new ContractError(
        'invalid_argument',
        `"${field}" names no day or no hour that there is; a time is as in 2026-11-21T09:30:00.000Z`,
        { field: `/${field}` },
      );
  }
  if (from > to) throw new ContractError('invalid_argument', '"from" is after "to"', { field: '/from' });
  return { from, to };
}
