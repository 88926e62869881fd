/** Where the pages of our windows come from, such as `app://pulsedesk` or, while developing, a local server. */
export interface PageOrigin {
  /** With its colon, as URLs have it. */
  readonly protocol: string;
  readonly host: string;
}

/** The scheme under which the built pages are served. */
export const APP_SCHEME = 'app';

/** The origin of the built pages. */
export const APP_ORIGIN: PageOrigin = { protocol: `${APP_SCHEME}:`, host: 'pulsedesk' };

/**
 * The origin of the pages: that of the development server when the app is not packaged and one is given as an http URL
 * on this machine, else {@link APP_ORIGIN}.
 */
export function pageOrigin(packaged: boolean, developmentServer: string | undefined): PageOrigin {
  if (packaged || developmentServer === undefined) return APP_ORIGIN;
  const url = URL.parse(developmentServer);
  if (url?.protocol !== 'http:' || !['localhost', '127.0.0.1'].includes(url.hostname)) return APP_ORIGIN;
  return { protocol: url.protocol, host: url.host };
}

/** The full address of a page by its path, such as `/portfolios/growth-one`. */
export function pageUrl(origin: PageOrigin, path: string): string {
  return `${origin.protocol}//${origin.host}${path}`;
}

/** Says whether an address is one of our own pages. */
export function isOwnUrl(origin: PageOrigin, address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === origin.protocol && url.host === origin.host;
}
