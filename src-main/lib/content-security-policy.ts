/**
 * The policy of a page that loads its own files and data and nothing of anybody else, and is never framed.
 * `formAction` says where its forms may be sent; `further` are directives beyond these.
 */
export function contentSecurityPolicy(formAction: 'none' | 'self', ...further: string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Charts and floating panels of the libraries place themselves by style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'self'",
    `form-action '${formAction}'`,
    "frame-ancestors 'none'",
    ...further,
  ].join('; ');
}
