/**
 * A list that follows its source until it is held: then it stays as it is, figures included, and what is new is counted.
 * Another scope (another filter, another environment) is shown at once, held or not.
 */
export class StillList<Row> {
  readonly #source: () => readonly Row[];
  readonly #keyOf: (row: Row) => string;
  readonly #isHeld: () => boolean;
  readonly #scope: () => string;
  #asked = $state(0);
  #taken = { asked: 0, scope: '', rows: [] as readonly Row[] };
  /** The rows to show. */
  readonly items: readonly Row[] = $derived.by(() => this.#arrange());
  /** How many rows of the source are not among those shown. */
  readonly newCount: number = $derived.by(() => {
    const shown = new Set(this.items.map((row) => this.#keyOf(row)));
    return this.#source().filter((row) => !shown.has(this.#keyOf(row))).length;
  });

  /**
   * @param keyOf tells rows apart; no two have the same.
   * @param isHeld whether somebody reads.
   * @param scope what the rows are rows of.
   */
  constructor(
    source: () => readonly Row[],
    keyOf: (row: Row) => string,
    isHeld: () => boolean,
    scope: () => string,
  ) {
    this.#source = source;
    this.#keyOf = keyOf;
    this.#isHeld = isHeld;
    this.#scope = scope;
  }

  /** Shows what is new once, also while it is held. */
  takeNew(): void {
    this.#asked += 1;
  }

  #arrange(): readonly Row[] {
    const scope = this.#scope();
    const asked = this.#asked;
    const rows = this.#source();
    const taken = this.#taken;
    const isKept = this.#isHeld() && taken.rows.length > 0 && taken.scope === scope && taken.asked === asked;
    if (!isKept) this.#taken = { asked, scope, rows };
    return this.#taken.rows;
  }
}
