import { isIP } from 'node:net';
import { isLoopback } from '../../lib/loopback.ts';

/** Which names requests may come under. */
export interface TrustedNames {
  /** The host listened on, without brackets. */
  readonly host: string;
  /** Further names and addresses, lower-case, without ports. */
  readonly allowedHosts: readonly string[];
}

const ANY_ADDRESS = ['0.0.0.0', '::'];

/**
 * Whether a request's `Host` header names this app: loopback, the host listened on, or a name that was allowed. Where
 * it listens on every address, the one the connection came in on (`localAddress`) counts too: an address, unlike a
 * name, cannot be pointed at us by a stranger's name server.
 */
export function isTrustedHost(
  header: string | undefined,
  names: TrustedNames,
  localAddress: string | undefined,
): boolean {
  const name = hostname(header);
  if (name === null) return false;
  if (isLoopback(name) || name === names.host || names.allowedHosts.includes(name)) return true;
  return ANY_ADDRESS.includes(names.host) && isIP(name) !== 0 && name === plainAddress(localAddress);
}

/**
 * Whether an `Origin` may change state: it is the page's own (the same host and port as the `Host` header), or one of
 * the allowed names, as behind a proxy. Requests that no page sent carry none, and may.
 */
export function isTrustedOrigin(
  origin: string | undefined,
  hostHeader: string | undefined,
  names: TrustedNames,
): boolean {
  if (origin === undefined) return true;
  const url = URL.parse(origin);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  const port = url.protocol === 'https:' ? ':443' : ':80';
  const host = hostHeader?.toLowerCase();
  if (url.host === host || `${url.host}${port}` === host) return true;
  return names.allowedHosts.includes(bare(url.hostname));
}

/** The name in a `Host` header, lower-case and without port and brackets; null when it is none. */
function hostname(header: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.exec(header ?? '');
  return match?.[1] === undefined ? null : bare(match[1].toLowerCase());
}

function bare(name: string): string {
  return name.replaceAll(/[[\]]/g, '');
}

/** An IPv4 address that arrived on an IPv6 socket as its users write it. */
function plainAddress(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.)/, '');
}
