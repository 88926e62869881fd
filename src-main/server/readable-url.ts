/**
 * An address whose path can be decoded, into characters that a name can have. Where it cannot, as that of
 * `/tickers/%E0%A4%A` or `/portfolios/%00`, its percent signs stand for themselves: so it is answered like any other
 * that nothing has, by the page or by a problem.
 */
export function readableUrl(url: string): string {
  const [path = ''] = url.split('?', 1);
  return isReadable(path) ? url : `${path.replaceAll('%', '%25')}${url.slice(path.length)}`;
}

function isReadable(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}
