const TRILLION = 1e12;
const MILLION = 1e6;

/** A sum of values as it is stored: trillions × 10^12 + units + micros / 10^6, each below its next in size. */
export interface StoredSum {
  trillions: number;
  units: number;
  micros: number;
}

/** Carries a sum of whole units and millionths into the columns. */
export function carried(units: number, micros: number): StoredSum {
  const whole = Math.trunc(micros / MILLION);
  const all = units + whole;
  const rest = all % TRILLION;
  return { trillions: (all - rest) / TRILLION, units: rest, micros: micros % MILLION };
}

/** Whole units and millionths of columns, which may have been added up. Exact below 2^53 units. */
export function uncarried({ trillions, units, micros }: StoredSum): { units: number; micros: number } {
  const whole = Math.trunc(micros / MILLION);
  return { units: trillions * TRILLION + units + whole, micros: micros % MILLION };
}

/** SQL that adds the sum of the excluded row to that of the stored one, carrying. */
export const ADD_SUM = `
  trillions = trillions + excluded.trillions
    + (units + excluded.units + (micros + excluded.micros) / 1000000) / 1000000000000,
  units = (units + excluded.units + (micros + excluded.micros) / 1000000) % 1000000000000,
  micros = (micros + excluded.micros) % 1000000`;
