/**
 * The address of a service, of what a person wrote: `path` is added unless there is one.
 * @returns null when the text is no http or https address, or holds user info or a fragment.
 */
export function httpAddress(text: string, path: string): string | null {
  const url = URL.parse(text.trim());
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') return null;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null;
  if (url.pathname === '' || url.pathname === '/') url.pathname = path;
  return url.href;
}
