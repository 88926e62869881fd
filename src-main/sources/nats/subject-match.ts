/**
 * Says whether a subject pattern with `*` (one token) and `>` (one or more, at the end) takes in every subject of
 * `subject`, which may have wildcards itself.
 */
export function covers(pattern: string, subject: string): boolean {
  const wide = pattern.split('.');
  const narrow = subject.split('.');
  for (const [index, token] of wide.entries()) {
    const other = narrow[index];
    if (other === undefined) return false;
    if (token === '>') return true;
    if (other === '>' || (token !== '*' && token !== other)) return false;
  }
  return wide.length === narrow.length;
}
