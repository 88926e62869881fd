/**
 * Turns what was typed into a test: every word must occur, in any order and case.
 * @returns null when nothing was typed, so that callers can leave the list as it is.
 */
export function textFilter(typed: string): ((text: string) => boolean) | null {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return null;
  return (text) => {
    const candidate = text.toLowerCase();
    return words.every((word) => candidate.includes(word));
  };
}
