/** One NATS server of a URL list. Credentials that stood in the URL are kept apart, so that the rest can be shown. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  /** True for `tls://`: a connection that is not encrypted is refused. */
  readonly tls: boolean;
  readonly credentials: { readonly user: string; readonly password: string | null } | null;
}

const DEFAULT_PORT = 4222;
const SCHEMES = ['nats:', 'tls:'];

/**
 * Reads a comma-separated list of NATS URLs; `nats://` and the port 4222 may be left out. Throws an Error that names
 * what is wrong, never quoting credentials.
 */
export function serverAddresses(urls: string): ServerAddress[] {
  const parts = urls
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) throw new Error('NATS URL: is empty; accepted is nats://host:4222');
  return parts.map(serverAddress);
}

/** Host and port as people write them, IPv6 in brackets: all of an address that may be shown. */
export function shownAddress(address: Pick<ServerAddress, 'host' | 'port'>): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${host}:${address.port}`;
}

function serverAddress(text: string): ServerAddress {
  const url = parse(/^[a-z]+:\/\//i.test(text) ? text : `nats://${text}`);
  if (!SCHEMES.includes(url.protocol)) {
    throw new Error(`NATS URL: the scheme is nats or tls, not ${url.protocol.slice(0, -1)}`);
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    tls: url.protocol === 'tls:',
    credentials:
      url.username === ''
        ? null
        : { user: decode(url.username), password: url.password === '' ? null : decode(url.password) },
  };
}

function parse(text: string): URL {
  const url = URL.parse(text);
  if (url === null || url.hostname === '') {
    throw new Error('NATS URL: cannot be read; accepted is nats://host:4222, several separated by commas');
  }
  return url;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('NATS URL: user or password has a % that is not followed by two hexadecimal digits');
  }
}
