/** Why something failed, in the words of whatever failed. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
