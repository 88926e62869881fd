import { REFUSED } from './option-values.ts';

/** NATS server addresses without user info, and what stood there instead. */
export interface NatsUrl {
  /** `nats://host:port`, or `tls://…`; several separated by commas. */
  url: string;
  user?: string;
  password?: string;
  token?: string;
}

const MOST_SERVERS = 32;

/**
 * Reads NATS addresses: `host`, `host:port`, `nats://…`, `tls://…`, several separated by commas. User info
 * (`nats://user:password@host`, or `nats://token@host`) is taken out, so that the address can be shown and logged.
 */
export function natsUrl(text: string): NatsUrl | typeof REFUSED {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length > MOST_SERVERS) return REFUSED;
  const servers = parts.map(server);
  const good = servers.filter((one) => one !== REFUSED);
  const first = good[0];
  if (good.length !== servers.length || first === undefined) return REFUSED;
  const secrets = good.find((one) => one.user !== undefined || one.token !== undefined) ?? first;
  return { ...secrets, url: good.map((one) => one.url).join(',') };
}

function server(text: string): NatsUrl | typeof REFUSED {
  const url = URL.parse(text.includes('://') ? text : `nats://${text}`);
  if (url === null || !['nats:', 'tls:'].includes(url.protocol) || url.hostname === '') return REFUSED;
  if (!['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') return REFUSED;
  const plain = `${url.protocol}//${url.hostname}:${url.port === '' ? '4222' : url.port}`;
  return { url: plain, ...userInfo(url) };
}

function userInfo({ username, password }: URL): Omit<NatsUrl, 'url'> {
  if (username === '') return {};
  const name = decoded(username);
  return password === '' ? { token: name } : { user: name, password: decoded(password) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign is part of the secret, not an escape.
    return text;
  }
}
