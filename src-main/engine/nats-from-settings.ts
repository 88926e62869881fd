import type { Settings } from '../../src-contract/settings.ts';
import type { NatsTarget } from './engine-port.ts';

/** The NATS target that settings describe; null when they name no address. */
export function natsFromSettings(settings: Pick<Settings, 'nats'>, secret: string): NatsTarget | null {
  const { nats } = settings;
  if (nats.url === '') return null;
  const files = { ca: nats.tls_ca, cert: nats.tls_cert, key: nats.tls_key };
  const tls = Object.fromEntries(Object.entries(files).filter(([, path]) => path !== ''));
  return {
    url: nats.url,
    ...credentialsOf(nats, secret),
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
    ensureStream: false,
  };
}

function credentialsOf(nats: Settings['nats'], secret: string): Partial<NatsTarget> {
  switch (nats.auth) {
    case 'none':
      return {};
    case 'user':
      return { user: nats.user, password: secret };
    case 'token':
      return { token: secret };
    case 'creds':
      return { credsFile: nats.file };
    case 'nkey':
      return { nkeyFile: nats.file };
  }
}
