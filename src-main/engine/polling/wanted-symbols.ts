/** Most symbols that are polled; of more the first ones are, in the order of {@link wantedSymbols}. */
export const MAX_POLLED = 1000;

/** The symbols that are to be polled, each once: at most {@link MAX_POLLED}, those of the first groups first. */
export function wantedSymbols(...groups: Iterable<string>[]): ReadonlySet<string> {
  const wanted = new Set<string>();
  for (const group of groups) {
    for (const symbol of group) {
      if (wanted.size >= MAX_POLLED) return wanted;
      wanted.add(symbol);
    }
  }
  return wanted;
}
