/** A row of the grid under test. */
export interface Lot {
  id: number;
  name: string;
  amount: number;
}
