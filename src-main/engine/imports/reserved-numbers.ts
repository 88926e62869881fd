import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { isReserved } from '../invoices/issue-invoice.ts';

/** Says of a number that is not taken why an import may not give it: the simulator will; null: it may. */
export function refusalOfNumbers({ env, hub }: EnvironmentRuntime): (number: string) => string | null {
  const given = Math.max(
    0,
    ...hub
      .readings()
      .filter(({ record }) => record.source === 'simulator')
      .map(({ lastSeq }) => lastSeq),
  );
  return (number) => {
    if (!isReserved(env, number) || Number(number.slice('PD-'.length)) <= given) return null;
    return 'the simulator will give this number itself';
  };
}
