/** Everything a feed says at one moment. */
export interface FeedSnapshot<H, R> {
  head: H;
  rows: R[];
}

/** What changed since the frame before: a new head, rows new or replaced, keys removed. */
export interface FeedPatch<H, R> {
  head?: H;
  set?: R[];
  drop?: string[];
}

/** A feed's state on the receiving side: rows by key, in the order in which they first came. */
export interface FeedState<H, R> {
  head: H;
  rows: ReadonlyMap<string, R>;
}

/** Reads a row's key; keys are text on the wire, whatever the field's type. */
export function rowKey(row: unknown, key: string): string {
  return String((row as Record<string, unknown>)[key]);
}

/** The state a snapshot describes. */
export function stateOf<H, R>(snapshot: FeedSnapshot<H, R>, key: string): FeedState<H, R> {
  return { head: snapshot.head, rows: new Map(snapshot.rows.map((row) => [rowKey(row, key), row])) };
}

/** The state after a patch. The state before stays as it was. */
export function applyPatch<H, R>(
  state: FeedState<H, R>,
  patch: FeedPatch<H, R>,
  key: string,
): FeedState<H, R> {
  const head = 'head' in patch ? patch.head : state.head;
  if (patch.set === undefined && patch.drop === undefined) return { head, rows: state.rows };
  const rows = new Map(state.rows);
  for (const dropped of patch.drop ?? []) rows.delete(dropped);
  for (const row of patch.set ?? []) rows.set(rowKey(row, key), row);
  return { head, rows };
}
