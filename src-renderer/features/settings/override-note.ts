/** What stands under a field that an option or variable sets; undefined when none does. */
export function overrideNote(overridden: readonly string[], field: string): string | undefined {
  if (!overridden.includes(field)) return undefined;
  return 'Set by an option or a variable at start, which wins until PulseDesk is started without it.';
}
