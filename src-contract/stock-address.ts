const PATH = '/api/stock-prices';

/**
 * The address at which prices are asked for, of what a person wrote: `/api/stock-prices` is added unless there is a path.
 * @returns null when the text is no http or https address, or holds user info, which has a place of its own.
 */
export function stockAddress(text: string): string | null {
  const url = URL.parse(text.trim());
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') return null;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null;
  if (url.pathname === '' || url.pathname === '/') url.pathname = PATH;
  return url.href;
}
