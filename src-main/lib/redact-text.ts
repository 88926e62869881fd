/**
 * Secrets that stand in running text, and what replaces them. Every repetition is bounded or cannot overlap its
 * neighbours, so that a hostile text of any size costs linear time.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // User info that is well formed: up to the last @ before a slash, question mark, hash, quote or space.
  [/:\/\/[^\s/?#"']{0,1024}@/g, '://***@'],
  // A password with unescaped slashes: after the colon stands something that is no port.
  [/:\/\/[^\s/?#:"'@]{0,256}:(?!\d{1,5}(?:[/?#\s"',]|$))[^\s"'@]{0,256}@/g, '://***@'],
  [/([?&](?:password|passwd|token|access_token|auth_token|secret|seed|api_?key)=)[^&\s"'#]+/gi, '$1***'],
  [/\b(bearer|basic)\s{1,8}[a-z0-9._~+/=-]{8,}/gi, '$1 ***'],
  // NKey seeds of users, accounts, operators and servers.
  [/\bS[UAONCX][A-Z2-7]{56}\b/g, '***'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}/g, '***'],
];

/** Hides user info in URLs, secrets in query strings, authorization headers, NKey seeds and JWTs with `***`. */
export function redactText(text: string): string {
  return PATTERNS.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}
