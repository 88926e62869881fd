import type { MockFaults } from '../../../src-contract/polling.ts';

/** A fault of the mock as it is typed: shares in percent, times in their unit. */
export interface FaultField {
  field: keyof MockFaults;
  label: string;
  hint: string;
  /** How many typed units make one of the mock's. */
  per: number;
  most: number;
}

/** The faults that can be mixed. */
export const FAULT_FIELDS: readonly FaultField[] = [
  { field: 'error_rate', label: 'Errors', hint: '% of calls answered with HTTP 500', per: 100, most: 100 },
  { field: 'timeout_rate', label: 'Time-outs', hint: '% of calls never answered', per: 100, most: 100 },
  {
    field: 'malformed_rate',
    label: 'Malformed',
    hint: '% of answers that are no JSON',
    per: 100,
    most: 100,
  },
  { field: 'limited_rate', label: 'Limited', hint: '% of calls answered with 429', per: 100, most: 100 },
  {
    field: 'retry_after_s',
    label: 'Retry after',
    hint: 'seconds that a 429 asks to wait',
    per: 1,
    most: 3600,
  },
  { field: 'latency_ms', label: 'Latency', hint: 'ms before every answer', per: 1, most: 60_000 },
  { field: 'stale_s', label: 'Stale', hint: 'seconds its prices are old', per: 1, most: 86_400 },
];

/** The fields as texts. */
export type TypedFaults = Record<keyof MockFaults, string>;

/** The present faults as they would be typed. */
export function typedFaults(faults: MockFaults): TypedFaults {
  const texts = FAULT_FIELDS.map(({ field, per }) => [field, String(Math.round(faults[field] * per))]);
  return Object.fromEntries(texts) as TypedFaults;
}

/** The faults that were typed, or what is wrong with which field. */
export function faultsOf(typed: TypedFaults): {
  faults: MockFaults | null;
  complaints: Partial<Record<keyof MockFaults, string>>;
} {
  const wrong = FAULT_FIELDS.filter(
    ({ field, most }) => !/^\d+$/.test(typed[field].trim()) || Number(typed[field]) > most,
  );
  if (wrong.length > 0) {
    const complaints = wrong.map(({ field, most }) => [field, `Use a whole number from 0 to ${most}.`]);
    return { faults: null, complaints: Object.fromEntries(complaints) as Partial<TypedFaults> };
  }
  const values = FAULT_FIELDS.map(({ field, per }) => [field, Number(typed[field]) / per]);
  return { faults: Object.fromEntries(values) as MockFaults, complaints: {} };
}
