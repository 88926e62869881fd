import { isLoopback } from '../../lib/loopback.ts';

/** An API key and the only place it may be sent to. */
export interface BoundKey {
  /** Empty: there is none. */
  readonly key: string;
  /** Scheme, host and port of the address it was entered for; empty: it was entered for none. */
  readonly origin: string;
}

/** What is sent to an address. */
export interface SentKey {
  /** Empty: no key is sent. */
  readonly key: string;
  /** What a person should know about it; null: nothing. */
  readonly problem: string | null;
}

/** Scheme, host and port of an address; empty for what is no address. */
export function originOf(address: string | null): string {
  return URL.parse(address ?? '')?.origin ?? '';
}

/** Which key is sent to an address: a key is sent to no other place than the one it was entered for. */
export function keyFor(address: string, { key, origin }: BoundKey): SentKey {
  if (key === '') return { key, problem: null };
  const { origin: asked, protocol, host, hostname } = new URL(address);
  if (origin !== asked) {
    const entered = origin === '' ? 'without an address' : `for ${origin}`;
    return { key: '', problem: `the API key is not sent to ${asked}: it was entered ${entered}` };
  }
  if (protocol === 'http:' && !isLoopback(hostname.replaceAll(/[[\]]/g, ''))) {
    return { key, problem: `the API key goes to ${host} unencrypted: https would keep it secret` };
  }
  return { key, problem: null };
}
