/**
 * An address whose path can be decoded. Where it cannot, as that of `/tickers/%E0%A4%A`, its percent signs stand for
 * themselves: so it is answered like any other that nothing has, by the page or by a problem.
 */
export function readableUrl(url: string): string {
  const [path = ''] = url.split('?', 1);
  return decoded(path) === null ? `${path.replaceAll('%', '%25')}${url.slice(path.length)}` : url;
}

/** The result has to be used: the bundler takes the call for one without effects, and would leave it out. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
