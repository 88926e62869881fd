/**
 * An address whose path can be decoded. Where it cannot, as that of `/tickers/%E0%A4%A`, its percent signs stand for
 * themselves: so it is answered like any other that nothing has, by the page or by a problem.
 */
export function readableUrl(url: string): string {
  const [path = ''] = url.split('?', 1);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return `${path.replaceAll('%', '%25')}${url.slice(path.length)}`;
  }
}
