/** Times of a lease, in milliseconds. */
export interface LeaseTimes {
  /** After this long without renewal the store forgets the lease. */
  readonly expiry: number;
  /** So long after a renewal was sent its holder counts on it: less than the store's expiry, whatever the delays. */
  readonly validity: number;
  readonly renewal: number;
  /** Who does not hold it looks this often, give or take a quarter. */
  readonly look: number;
  /** Who could only probe competes when the lease has been free for this long: time enough for everybody who is ready. */
  readonly deference: number;
  /** Who only probes gives others a try after this long. */
  readonly tenure: number;
}

/** The times that go with an expiry; of the usual 9 s: valid 8 s, renewed every 3 s, looked at every second. */
export function leaseTimes(expiry: number): LeaseTimes {
  return {
    expiry,
    validity: (expiry * 8) / 9,
    renewal: expiry / 3,
    look: expiry / 9,
    deference: (expiry * 5) / 18,
    tenure: (expiry * 10) / 9,
  };
}
